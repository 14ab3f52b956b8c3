package dev.steward.workflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A message that people send by Temporal's own tools, which do not seal it. It is believed for the
 * proof that is in it; what cannot be read, or holds more than it should, arrives as null.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface FromOutside {}
