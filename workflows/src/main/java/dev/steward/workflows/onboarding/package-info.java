/** Proving a connection and taking it away again. */
@NullMarked
package dev.steward.workflows.onboarding;

import org.jspecify.annotations.NullMarked;
