/** Step Functions. */
@NullMarked
package dev.steward.estate.states;

import org.jspecify.annotations.NullMarked;
