@NullMarked
package dev.steward.waste;

import org.jspecify.annotations.NullMarked;
