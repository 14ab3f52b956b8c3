/** Carrying out approved changes. */
@NullMarked
package dev.steward.workflows.governance;

import org.jspecify.annotations.NullMarked;
