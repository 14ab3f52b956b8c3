package dev.steward.estate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in an answer of AWS, and what is made of it.
 *
 * @param expression <a href="https://jmespath.org/specification.html">JMESPath</a> over the answer,
 *     with the names of the service's model, as in {@code aws ec2 describe-volumes --query}
 * @param as what is made of the value; null where there is nothing to be said
 */
public record Path(String expression, Function<Object, @Nullable Object> as) {
  /** The value as it is. */
  public static Path at(String expression) {
    return new Path(expression, value -> value);
  }

  /** A parameter that is the same for every resource. */
  public static Path always(Object constant) {
    return new Path("@", value -> constant);
  }
}
