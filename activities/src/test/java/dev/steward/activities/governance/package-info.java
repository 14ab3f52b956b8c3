@NullMarked
package dev.steward.activities.governance;

import org.jspecify.annotations.NullMarked;
