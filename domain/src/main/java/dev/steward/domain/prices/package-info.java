/** The price books, and when AWS is asked for another one. */
@NullMarked
package dev.steward.domain.prices;

import org.jspecify.annotations.NullMarked;
