package dev.steward.domain.governance.desk;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that are nobody's on the open Internet, or that lead to one by another way. The source
 * is IANA's registries of special-purpose addresses (iana-ipv4-special-registry and
 * iana-ipv6-special-registry, both of 2025-05), of multicast (224/4, ff00::/8) and of unicast space
 * in use: for IPv6 that is 2000::/3, so that what is outside of it needs no line. What the
 * registries call globally reachable is left out, but for what leads on to an IPv4 address.
 */
final class SpecialAddresses {
  /**
   * @param network its bytes, as far as they matter
   * @param bits of them
   */
  private record Range(byte[] network, int bits, String what) {
    boolean holds(byte[] address) {
      if (address.length != network.length) return false;
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) return false;
      }
      return true;
    }
  }

  private static final List<Range> RANGES =
      List.of(
          v4(0, 0, 0, 0, 8, "this network"),
          v4(10, 0, 0, 0, 8, "a private network"),
          v4(100, 64, 0, 0, 10, "a provider's shared network"),
          v4(127, 0, 0, 0, 8, "this machine"),
          v4(169, 254, 0, 0, 16, "the link that it is on"),
          v4(172, 16, 0, 0, 12, "a private network"),
          v4(192, 0, 0, 0, 24, "protocol assignments"),
          v4(192, 0, 2, 0, 24, "documentation"),
          v4(192, 88, 99, 0, 24, "a relay to IPv6"),
          v4(192, 168, 0, 0, 16, "a private network"),
          v4(198, 18, 0, 0, 15, "measurements"),
          v4(198, 51, 100, 0, 24, "documentation"),
          v4(203, 0, 113, 0, 24, "documentation"),
          v4(224, 0, 0, 0, 4, "multicast"),
          v4(240, 0, 0, 0, 4, "what is reserved"),
          // Not IANA's: what every machine of Azure reaches its host by.
          v4(168, 63, 129, 16, 32, "the machine's host"),
          v6("2001", 23, "protocol assignments, Teredo among them"),
          v6("20010db8", 32, "documentation"),
          v6("2002", 16, "an IPv4 address by 6to4"),
          v6("3fff", 20, "documentation"));

  private static final Range UNICAST = v6("20", 3, "unicast");

  private SpecialAddresses() {}

  private static Range v4(int a, int b, int c, int d, int bits, String what) {
    return new Range(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits, what);
  }

  private static Range v6(String hex, int bits, String what) {
    return new Range(HexFormat.of().parseHex(hex + "0".repeat(32 - hex.length())), bits, what);
  }

  /** What the address is for, unless it is on the open Internet. */
  static Optional<String> purpose(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet4Address) && !UNICAST.holds(bytes))
      return Optional.of("what is no unicast address of the Internet");
    return RANGES.stream().filter(r -> r.holds(bytes)).map(Range::what).findFirst();
  }
}
