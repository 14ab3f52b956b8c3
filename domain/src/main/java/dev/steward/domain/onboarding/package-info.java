/** How an account comes and goes. */
@NullMarked
package dev.steward.domain.onboarding;

import org.jspecify.annotations.NullMarked;
