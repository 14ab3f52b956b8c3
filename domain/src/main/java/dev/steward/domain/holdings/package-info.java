/** Figures that are made of what an organization has, and kept until that changes. */
@NullMarked
package dev.steward.domain.holdings;

import org.jspecify.annotations.NullMarked;
