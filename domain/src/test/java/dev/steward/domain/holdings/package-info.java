/** Tests of derived figures. */
@NullMarked
package dev.steward.domain.holdings;

import org.jspecify.annotations.NullMarked;
