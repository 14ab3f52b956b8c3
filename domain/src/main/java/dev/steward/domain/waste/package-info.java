/** When an account is searched for what costs money for nothing. */
@NullMarked
package dev.steward.domain.waste;

import org.jspecify.annotations.NullMarked;
