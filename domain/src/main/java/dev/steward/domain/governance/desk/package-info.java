/** Governance over the store: each method is a part of the caller's transaction. */
@NullMarked
package dev.steward.domain.governance.desk;

import org.jspecify.annotations.NullMarked;
