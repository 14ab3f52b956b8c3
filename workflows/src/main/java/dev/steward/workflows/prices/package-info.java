/** Asking AWS for its prices. */
@NullMarked
package dev.steward.workflows.prices;

import org.jspecify.annotations.NullMarked;
