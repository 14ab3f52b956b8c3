/** Governance over the store: each method is a part of the caller's transaction. */
@NullMarked
package dev.steward.governance.desk;

import org.jspecify.annotations.NullMarked;
