/** AppSync. */
@NullMarked
package dev.steward.estate.appsync;

import org.jspecify.annotations.NullMarked;
