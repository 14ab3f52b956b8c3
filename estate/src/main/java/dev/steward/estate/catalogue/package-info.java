/** Every kind, and what is derived from all of them. */
@NullMarked
package dev.steward.estate.catalogue;

import org.jspecify.annotations.NullMarked;
