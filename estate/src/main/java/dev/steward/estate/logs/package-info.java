/** CloudWatch Logs. */
@NullMarked
package dev.steward.estate.logs;

import org.jspecify.annotations.NullMarked;
