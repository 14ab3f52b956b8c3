@NullMarked
package dev.steward.estate;

import org.jspecify.annotations.NullMarked;
