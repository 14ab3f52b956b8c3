@NullMarked
package dev.steward.ml.anomaly;

import org.jspecify.annotations.NullMarked;
