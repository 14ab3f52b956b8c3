/** The inbox of those who decide. */
@NullMarked
package dev.steward.api.approvals;

import org.jspecify.annotations.NullMarked;
