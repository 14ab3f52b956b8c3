/** CloudWatch, but for its logs. */
@NullMarked
package dev.steward.estate.cloudwatch;

import org.jspecify.annotations.NullMarked;
