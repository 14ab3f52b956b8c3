/** Which rows of the store have long work to be done. */
@NullMarked
package dev.steward.domain.jobs;

import org.jspecify.annotations.NullMarked;
