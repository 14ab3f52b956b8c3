/** What a change does next. */
@NullMarked
package dev.steward.governance.change;

import org.jspecify.annotations.NullMarked;
