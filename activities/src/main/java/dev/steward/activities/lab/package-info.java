/** Trains models, and keeps what comes of it. */
@NullMarked
package dev.steward.activities.lab;

import org.jspecify.annotations.NullMarked;
