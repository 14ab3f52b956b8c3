/** Finding what costs money for nothing. */
@NullMarked
package dev.steward.workflows.waste;

import org.jspecify.annotations.NullMarked;
