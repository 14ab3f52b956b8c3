/** HTTP itself: each concern is a layer of its own, and {@code Layers} is the list of them. */
@org.jspecify.annotations.NullMarked
package dev.steward.api.http;
