/** KMS. */
@NullMarked
package dev.steward.estate.kms;

import org.jspecify.annotations.NullMarked;
