/** CloudTrail. */
@NullMarked
package dev.steward.estate.cloudtrail;

import org.jspecify.annotations.NullMarked;
