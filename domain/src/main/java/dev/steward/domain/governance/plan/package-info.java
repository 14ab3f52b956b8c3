/** Plans: how they are made, their canonical form and hash, and what has drifted since. */
@NullMarked
package dev.steward.domain.governance.plan;

import org.jspecify.annotations.NullMarked;
