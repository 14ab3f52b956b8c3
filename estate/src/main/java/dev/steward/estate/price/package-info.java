/** Dated list prices, each with its source. */
@NullMarked
package dev.steward.estate.price;

import org.jspecify.annotations.NullMarked;
