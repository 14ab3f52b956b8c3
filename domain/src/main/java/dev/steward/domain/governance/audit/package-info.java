/** The hash chain of the audit entries. */
@NullMarked
package dev.steward.domain.governance.audit;

import org.jspecify.annotations.NullMarked;
