@NullMarked
package dev.steward.ml.lab;

import org.jspecify.annotations.NullMarked;
