/** ECS. */
@NullMarked
package dev.steward.estate.ecs;

import org.jspecify.annotations.NullMarked;
