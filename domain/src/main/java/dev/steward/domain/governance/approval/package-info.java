/** Who may decide, and when a question is decided. */
@NullMarked
package dev.steward.domain.governance.approval;

import org.jspecify.annotations.NullMarked;
