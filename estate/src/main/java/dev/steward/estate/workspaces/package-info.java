/** WorkSpaces. */
@NullMarked
package dev.steward.estate.workspaces;

import org.jspecify.annotations.NullMarked;
