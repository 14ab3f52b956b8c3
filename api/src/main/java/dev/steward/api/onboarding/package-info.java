/** Connecting accounts. */
@NullMarked
package dev.steward.api.onboarding;

import org.jspecify.annotations.NullMarked;
