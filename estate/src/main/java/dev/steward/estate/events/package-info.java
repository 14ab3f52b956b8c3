/** EventBridge. */
@NullMarked
package dev.steward.estate.events;

import org.jspecify.annotations.NullMarked;
