@NullMarked
package dev.steward.domain.data;

import org.jspecify.annotations.NullMarked;
