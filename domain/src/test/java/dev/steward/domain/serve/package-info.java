@NullMarked
package dev.steward.domain.serve;

import org.jspecify.annotations.NullMarked;
