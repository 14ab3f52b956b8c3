/** Cleaning up what is stored. */
@NullMarked
package dev.steward.api.storage;

import org.jspecify.annotations.NullMarked;
