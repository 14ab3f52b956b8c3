/** Series to learn from: read, checked, described and frozen. */
@NullMarked
package dev.steward.domain.data;

import org.jspecify.annotations.NullMarked;
