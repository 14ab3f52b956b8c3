/** Logging in and out. */
@NullMarked
package dev.steward.api.auth;

import org.jspecify.annotations.NullMarked;
