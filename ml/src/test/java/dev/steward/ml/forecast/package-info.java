@NullMarked
package dev.steward.ml.forecast;

import org.jspecify.annotations.NullMarked;
