/** Telling people. */
@NullMarked
package dev.steward.workflows.notifications;

import org.jspecify.annotations.NullMarked;
