/** Answers with the models that are served. */
@NullMarked
package dev.steward.domain.serve;

import org.jspecify.annotations.NullMarked;
