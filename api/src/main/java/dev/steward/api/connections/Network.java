package dev.steward.api.connections;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that begin alike.
 *
 * @param prefix how many bits they share
 */
public record Network(InetAddress first, int prefix) {
  /** One customer's IPv6 addresses: a provider gives nobody less (RFC 6177). */
  private static final int ONE_CALLER = 64;

  /**
   * @param text an address, or one and how many bits: {@code 10.0.0.0/8}, {@code fd00::/8}
   */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return literal(address)
        .flatMap(first -> {
          int bits = first.getAddress().length * 8;
          if (slash < 0) return Optional.of(new Network(first, bits));
          String prefix = text.substring(slash + 1);
          if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits)
            return Optional.empty();
          return Optional.of(new Network(first, Integer.parseInt(prefix)));
        });
  }

  /** An address as proxies write it: with a port or without, in brackets or not. */
  static Optional<InetAddress> address(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? Optional.empty() : literal(hop.substring(1, end));
    }
    int colon = hop.indexOf(':');
    boolean port = colon >= 0 && colon == hop.lastIndexOf(':');
    return literal(port ? hop.substring(0, colon) : hop);
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      // Short forms of IPv4 (1.2 is 1.0.0.2) are not what a proxy writes, nor are zones.
      boolean whole = text.contains(":") || text.chars().filter(c -> c == '.').count() == 3;
      return whole && !text.contains("%")
          ? Optional.of(InetAddress.ofLiteral(text))
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** What counts as one caller: an IPv4 address, or the /64 of an IPv6 one. */
  public static String of(InetAddress address) {
    if (!(address instanceof Inet6Address)) return address.getHostAddress();
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, ONE_CALLER / 8, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + ONE_CALLER;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) return false;
    int whole = prefix / 8;
    if (!Arrays.equals(mine, 0, whole, other, 0, whole)) return false;
    int rest = prefix % 8;
    return rest == 0 || ((mine[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
