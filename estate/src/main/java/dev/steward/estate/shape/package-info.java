/**
 * Checks as rows: what most of them ask is one of a few things, which are data here, so that a
 * check says what it asks, and tests can make waste of it and take each part away again.
 */
@NullMarked
package dev.steward.estate.shape;

import org.jspecify.annotations.NullMarked;
