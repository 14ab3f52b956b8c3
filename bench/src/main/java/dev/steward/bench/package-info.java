/** Measurements, each side by side with something to compare with, in one run. */
@NullMarked
package dev.steward.bench;

import org.jspecify.annotations.NullMarked;
