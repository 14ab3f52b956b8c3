@NullMarked
package dev.steward.workflows;

import org.jspecify.annotations.NullMarked;
