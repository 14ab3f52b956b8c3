/** Relational databases. */
@NullMarked
package dev.steward.estate.rds;

import org.jspecify.annotations.NullMarked;
