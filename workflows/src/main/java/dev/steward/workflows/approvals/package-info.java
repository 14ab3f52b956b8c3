/** Waiting for people's decisions. */
@NullMarked
package dev.steward.workflows.approvals;

import org.jspecify.annotations.NullMarked;
