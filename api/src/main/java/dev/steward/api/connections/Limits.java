package dev.steward.api.connections;

import java.time.Duration;

/**
 * How many connections there may be, and how long their callers may take.
 *
 * @param connections at most so many at a time
 * @param perAddress at most so many of one address (IPv6: of one /64); trusted proxies have no such
 *     limit
 * @param proxies whose connections are many people's
 * @param idle how long a connection may lie idle before a request
 * @param header how long a request's head may take, from its first byte to its last
 * @param grace how long a body may take to come, or an answer to go, beside what {@code leastRate}
 *     gives it
 * @param leastRate bytes a second that a body comes or an answer goes with, at least
 */
public record Limits(
    int connections,
    int perAddress,
    TrustedProxies proxies,
    Duration idle,
    Duration header,
    Duration grace,
    int leastRate) {

  /** What is usual: 10 s for a head, as nobody types one; 1 KiB/s is less than a modem's. */
  public static Limits usual(int connections) {
    return new Limits(
        connections,
        connections,
        TrustedProxies.NONE,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        1_024);
  }
}
