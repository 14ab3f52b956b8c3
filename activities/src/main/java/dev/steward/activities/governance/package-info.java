/** Carrying out approved changes in AWS, and writing down what became of them. */
@NullMarked
package dev.steward.activities.governance;

import org.jspecify.annotations.NullMarked;
