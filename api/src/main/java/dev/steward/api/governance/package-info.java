/** Policies, changes, exemptions, the audit chain, notifications. */
@NullMarked
package dev.steward.api.governance;

import org.jspecify.annotations.NullMarked;
