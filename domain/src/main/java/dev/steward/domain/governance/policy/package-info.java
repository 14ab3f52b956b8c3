/** Policies: CEL conditions, what they come to together, windows and caps. */
@NullMarked
package dev.steward.domain.governance.policy;

import org.jspecify.annotations.NullMarked;
