/** Comprehend. */
@NullMarked
package dev.steward.estate.comprehend;

import org.jspecify.annotations.NullMarked;
