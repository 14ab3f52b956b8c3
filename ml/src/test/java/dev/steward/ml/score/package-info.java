@NullMarked
package dev.steward.ml.score;

import org.jspecify.annotations.NullMarked;
