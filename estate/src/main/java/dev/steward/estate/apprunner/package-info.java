/** App Runner. */
@NullMarked
package dev.steward.estate.apprunner;

import org.jspecify.annotations.NullMarked;
