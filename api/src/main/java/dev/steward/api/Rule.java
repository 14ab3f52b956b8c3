package dev.steward.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a request's record must be, beside its type. A component that is
 * {@code @Nullable} may be left out.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Rule {
  /** What holds of texts and lists where nobody says otherwise. */
  int USUAL = 200;

  /** Shortest text, or fewest items. */
  int min() default 0;

  /** Longest text, or most items. */
  int max() default USUAL;

  /** What a text must match in full. */
  String pattern() default "";

  /** Says in words what the pattern asks for. */
  String message() default "";

  /**
   * What a text of this pattern looks like, for the document; where its name says so, {@link
   * Examples} knows.
   */
  String example() default "";

  /** Other names the component is read by. */
  String[] aliases() default {};
}
