/** Sending notifications. */
@NullMarked
package dev.steward.activities.notifications;

import org.jspecify.annotations.NullMarked;
