/** The hash chain of the audit entries. */
@NullMarked
package dev.steward.governance.audit;

import org.jspecify.annotations.NullMarked;
