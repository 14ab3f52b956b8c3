/** Proving connections, claiming accounts, cleaning up. */
@NullMarked
package dev.steward.activities.onboarding;

import org.jspecify.annotations.NullMarked;
