@NullMarked
package dev.steward.domain.governance;

import org.jspecify.annotations.NullMarked;
