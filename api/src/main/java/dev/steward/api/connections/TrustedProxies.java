package dev.steward.api.connections;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies whose word about who called is taken. Their header is read from the right: what
 * stands left of the first hop that is not ours was written by the caller.
 *
 * @param header which header the proxies write
 */
public record TrustedProxies(List<Network> networks, Header header) {
  public static final TrustedProxies NONE = new TrustedProxies(List.of(), Header.EITHER);

  /** How many hops are read at most; more are the caller's nonsense. */
  private static final int HOPS = 32;

  /** Which header tells where a request came from. */
  public enum Header {
    /** X-Forwarded-For, and Forwarded where there is none. */
    EITHER,
    X_FORWARDED_FOR,
    FORWARDED;

    /** As settings name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Header> of(String text) {
      return Arrays.stream(values()).filter(header -> header.text().equals(text)).findFirst();
    }
  }

  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  public boolean trusts(InetAddress address) {
    return networks.stream().anyMatch(n -> n.contains(address));
  }

  /**
   * Who called: the last hop that is no proxy of ours.
   *
   * @param peer who is connected
   * @param forwardedFor the values of X-Forwarded-For, in their order
   * @param forwarded those of Forwarded (RFC 7239)
   */
  public InetAddress caller(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
    if (!trusts(peer)) return peer;
    List<String> hops =
        switch (header) {
          case EITHER -> forwardedFor.isEmpty() ? elements(forwarded) : parts(forwardedFor, ',');
          case X_FORWARDED_FOR -> parts(forwardedFor, ',');
          case FORWARDED -> elements(forwarded);
        };
    InetAddress nearest = peer;
    for (String hop : hops.reversed().stream().limit(HOPS).toList()) {
      Optional<InetAddress> address = Network.address(hop);
      // A hop that does not say who it had the request from: that one is answerable for it.
      if (address.isEmpty()) return nearest;
      nearest = address.get();
      if (!trusts(nearest)) return nearest;
    }
    return nearest;
  }

  /** What each element of Forwarded says of {@code for}; empty where it says nothing. */
  private static List<String> elements(List<String> forwarded) {
    return parts(forwarded, ',').stream().map(TrustedProxies::from).toList();
  }

  private static String from(String element) {
    for (String pair : parts(List.of(element), ';'))
      if (pair.regionMatches(true, 0, "for=", 0, 4)) return unquoted(pair.substring(4).strip());
    return "";
  }

  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** Split where the character stands outside of quotes. */
  private static List<String> parts(List<String> values, char at) {
    List<String> parts = new ArrayList<>();
    for (String value : values) {
      boolean quoted = false;
      int begin = 0;
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) == '"') quoted = !quoted;
        if (value.charAt(i) != at || quoted) continue;
        parts.add(value.substring(begin, i).strip());
        begin = i + 1;
      }
      parts.add(value.substring(begin).strip());
    }
    return parts;
  }
}
