@NullMarked
package dev.steward.ml.torch;

import org.jspecify.annotations.NullMarked;
