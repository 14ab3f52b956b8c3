/** Transfer Family. */
@NullMarked
package dev.steward.estate.transfer;

import org.jspecify.annotations.NullMarked;
