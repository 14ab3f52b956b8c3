@NullMarked
package dev.steward.ml.serve;

import org.jspecify.annotations.NullMarked;
