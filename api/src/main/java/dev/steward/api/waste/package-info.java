/** Findings and scans. */
@NullMarked
package dev.steward.api.waste;

import org.jspecify.annotations.NullMarked;
