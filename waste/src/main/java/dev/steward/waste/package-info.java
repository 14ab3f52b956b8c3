/**
 * The catalogue of resource kinds and checks, the price book, and the detectors: pure functions.
 */
@NullMarked
package dev.steward.waste;

import org.jspecify.annotations.NullMarked;
