package dev.steward.domain.governance.desk;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where a web hook may be: not inside the network that the platform runs in. */
public final class Destinations {
  private Destinations() {}

  /** Why nothing is sent there, if so. */
  public static Optional<String> wrong(URI url, boolean allowPrivate) {
    String host = url.getHost();
    if (host == null) return Optional.of("has no host");
    if (allowPrivate) return Optional.empty();
    if (!"https".equals(url.getScheme())) return Optional.of("must begin with https");
    try {
      for (InetAddress address : InetAddress.getAllByName(host))
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress()
            || isUniqueLocal(address)) return Optional.of("is inside a private network");
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of("has a host that cannot be found");
    }
  }

  /** fc00::/7 (RFC 4193), which Java calls neither local nor private. */
  private static boolean isUniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }
}
