/** CodePipeline. */
@NullMarked
package dev.steward.estate.codepipeline;

import org.jspecify.annotations.NullMarked;
