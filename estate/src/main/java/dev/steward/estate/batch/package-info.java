/** Batch. */
@NullMarked
package dev.steward.estate.batch;

import org.jspecify.annotations.NullMarked;
