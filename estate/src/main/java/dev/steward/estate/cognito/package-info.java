/** Cognito. */
@NullMarked
package dev.steward.estate.cognito;

import org.jspecify.annotations.NullMarked;
