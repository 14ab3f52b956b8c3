@NullMarked
package dev.steward.governance;

import org.jspecify.annotations.NullMarked;
