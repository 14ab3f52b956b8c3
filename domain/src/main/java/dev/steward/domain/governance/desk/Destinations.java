package dev.steward.domain.governance.desk;

import dev.steward.storage.Store;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** Where a web hook may be: on the open Internet, and not inside what the platform runs in. */
public final class Destinations {
  /** Of a URL that names none, of HTTPS, and its usual second. */
  private static final Set<Integer> PORTS = Set.of(-1, 443, 8443);

  private Destinations() {}

  /** A name that leads somewhere where nothing is sent. */
  public static final class RefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    private RefusedException(String why) {
      super(why);
    }
  }

  /** Why nothing is sent there, if so. */
  public static Optional<String> wrong(URI url, boolean allowPrivate) {
    Optional<String> form = wrongForm(url, allowPrivate);
    if (form.isPresent()) return form;
    try {
      if (!allowPrivate) addresses(url.getHost(), false);
      return Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (UnknownHostException e) {
      return Optional.of("has a host that cannot be found");
    }
  }

  /** The same without asking for the host's address. */
  public static Optional<String> wrongForm(URI url, boolean allowPrivate) {
    if (url.getHost() == null) return Optional.of("has no host");
    if (url.getRawUserInfo() != null) return Optional.of("must not name a user");
    if (allowPrivate) return Optional.empty();
    if (!"https".equals(url.getScheme())) return Optional.of("must begin with https");
    return PORTS.contains(url.getPort())
        ? Optional.empty()
        : Optional.of("must have the port 443 or 8443");
  }

  /**
   * The addresses that the host has now, to connect to just these: asked once more, a name may mean
   * something else.
   *
   * @throws RefusedException if one of them is not on the open Internet
   */
  public static InetAddress[] addresses(String host, boolean allowPrivate)
      throws UnknownHostException {
    Store.refuseWithinWrite("names are looked up");
    // URIs write IPv6 addresses in brackets, which is no name.
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (allowPrivate) return addresses;
    for (InetAddress address : addresses) {
      Optional<String> purpose = SpecialAddresses.purpose(address);
      if (purpose.isPresent())
        throw new RefusedException("is inside a private network, or kept for " + purpose.get());
    }
    return addresses;
  }
}
