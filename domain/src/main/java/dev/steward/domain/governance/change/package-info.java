/** What a change does next. */
@NullMarked
package dev.steward.domain.governance.change;

import org.jspecify.annotations.NullMarked;
