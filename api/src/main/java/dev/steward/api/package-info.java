/** The operation table and what carries it: routing, security, validation, OpenAPI, problems. */
@NullMarked
package dev.steward.api;

import org.jspecify.annotations.NullMarked;
