/** IAM, which is free. */
@NullMarked
package dev.steward.estate.iam;

import org.jspecify.annotations.NullMarked;
