/** Connections: who holds one, how long they may take, and who makes room for whom. */
@org.jspecify.annotations.NullMarked
package dev.steward.api.connections;
