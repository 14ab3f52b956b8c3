/** The only main: configuration, wiring, commands, the local Temporal server, the demo. */
@NullMarked
package dev.steward.app;

import org.jspecify.annotations.NullMarked;
