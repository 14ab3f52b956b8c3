/** When an account is looked at. */
@NullMarked
package dev.steward.domain.discovery;

import org.jspecify.annotations.NullMarked;
