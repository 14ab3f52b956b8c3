/** Systems Manager. */
@NullMarked
package dev.steward.estate.ssm;

import org.jspecify.annotations.NullMarked;
