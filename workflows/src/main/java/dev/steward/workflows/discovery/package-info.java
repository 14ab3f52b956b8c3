/** Finding out what runs in an account. */
@NullMarked
package dev.steward.workflows.discovery;

import org.jspecify.annotations.NullMarked;
