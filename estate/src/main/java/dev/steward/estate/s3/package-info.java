/** Buckets. */
@NullMarked
package dev.steward.estate.s3;

import org.jspecify.annotations.NullMarked;
