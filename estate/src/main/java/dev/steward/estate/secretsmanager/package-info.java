/** Secrets Manager. */
@NullMarked
package dev.steward.estate.secretsmanager;

import org.jspecify.annotations.NullMarked;
