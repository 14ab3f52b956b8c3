/** What all activities share, and the dispatcher that starts workflows. */
@NullMarked
package dev.steward.activities;

import org.jspecify.annotations.NullMarked;
