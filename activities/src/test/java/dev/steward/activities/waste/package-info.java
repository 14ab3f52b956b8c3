@NullMarked
package dev.steward.activities.waste;

import org.jspecify.annotations.NullMarked;
