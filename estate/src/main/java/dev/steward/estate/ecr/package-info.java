/** ECR. */
@NullMarked
package dev.steward.estate.ecr;

import org.jspecify.annotations.NullMarked;
