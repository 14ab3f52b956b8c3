/** The long work that there is: one table, from which starts, recovery, gauges and tests follow. */
@NullMarked
package dev.steward.model.job;

import org.jspecify.annotations.NullMarked;
