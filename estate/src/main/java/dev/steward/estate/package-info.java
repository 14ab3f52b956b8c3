/**
 * The catalogue of resource kinds and checks, the price book, and the detectors: pure functions.
 */
@NullMarked
package dev.steward.estate;

import org.jspecify.annotations.NullMarked;
