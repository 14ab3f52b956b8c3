/** SageMaker. */
@NullMarked
package dev.steward.estate.sagemaker;

import org.jspecify.annotations.NullMarked;
