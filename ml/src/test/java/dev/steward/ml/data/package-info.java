@NullMarked
package dev.steward.ml.data;

import org.jspecify.annotations.NullMarked;
