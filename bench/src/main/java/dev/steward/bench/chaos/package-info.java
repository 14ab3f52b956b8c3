/** Load, kills and a count of what is left afterwards. */
@NullMarked
package dev.steward.bench.chaos;

import org.jspecify.annotations.NullMarked;
