/** Tests of savings. */
@NullMarked
package dev.steward.domain.waste;

import org.jspecify.annotations.NullMarked;
