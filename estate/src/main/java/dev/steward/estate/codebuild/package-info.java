/** CodeBuild. */
@NullMarked
package dev.steward.estate.codebuild;

import org.jspecify.annotations.NullMarked;
