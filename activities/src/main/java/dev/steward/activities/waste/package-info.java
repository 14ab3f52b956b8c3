/** Reading metrics and keeping findings. */
@NullMarked
package dev.steward.activities.waste;

import org.jspecify.annotations.NullMarked;
