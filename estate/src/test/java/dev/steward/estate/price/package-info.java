/** Tests of the price book. */
@NullMarked
package dev.steward.estate.price;

import org.jspecify.annotations.NullMarked;
