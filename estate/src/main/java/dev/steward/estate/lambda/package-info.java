/** Functions. */
@NullMarked
package dev.steward.estate.lambda;

import org.jspecify.annotations.NullMarked;
