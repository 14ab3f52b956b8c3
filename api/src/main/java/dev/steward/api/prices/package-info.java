/** Price books. */
@NullMarked
package dev.steward.api.prices;

import org.jspecify.annotations.NullMarked;
