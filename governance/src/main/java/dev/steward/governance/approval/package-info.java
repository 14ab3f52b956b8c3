/** Who may decide, and when a question is decided. */
@NullMarked
package dev.steward.governance.approval;

import org.jspecify.annotations.NullMarked;
