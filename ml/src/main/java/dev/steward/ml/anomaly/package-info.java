/** Finds what is unusual in a series while it comes in. */
@NullMarked
package dev.steward.ml.anomaly;

import org.jspecify.annotations.NullMarked;
