/** SNS. */
@NullMarked
package dev.steward.estate.sns;

import org.jspecify.annotations.NullMarked;
