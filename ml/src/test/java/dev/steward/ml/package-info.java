@NullMarked
package dev.steward.ml;

import org.jspecify.annotations.NullMarked;
