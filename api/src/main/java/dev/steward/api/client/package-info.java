/** An organization's accounts. */
@NullMarked
package dev.steward.api.client;

import org.jspecify.annotations.NullMarked;
