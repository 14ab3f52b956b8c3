/** Asks for long work, in the transaction that makes it necessary. */
@NullMarked
package dev.steward.domain.work;

import org.jspecify.annotations.NullMarked;
