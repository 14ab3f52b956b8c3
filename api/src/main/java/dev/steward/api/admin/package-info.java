/** The installation. */
@NullMarked
package dev.steward.api.admin;

import org.jspecify.annotations.NullMarked;
