/** The vocabulary: ids, records, outcomes and problems. Depends on nothing of ours. */
@NullMarked
package dev.steward.model;

import org.jspecify.annotations.NullMarked;
