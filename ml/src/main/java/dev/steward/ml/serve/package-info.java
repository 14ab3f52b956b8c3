/** Answers with the models that are served. */
@NullMarked
package dev.steward.ml.serve;

import org.jspecify.annotations.NullMarked;
