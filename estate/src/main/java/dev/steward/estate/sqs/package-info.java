/** SQS. */
@NullMarked
package dev.steward.estate.sqs;

import org.jspecify.annotations.NullMarked;
