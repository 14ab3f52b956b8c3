package dev.steward.app;

import dev.steward.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in at the admin port. A web page that got there by a name of its own (DNS rebinding)
 * is not: the name that was asked for must be one of this machine, and the page's origin must be
 * the Temporal UI's, and that for the codec only.
 */
final class AdminDoor {
  static final String COOKIE = "steward_codec";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final AdminToken token;
  private final List<String> hosts;
  private final List<String> origins;
  private final Supplier<String> ui;
  private final InstantSource clock;

  /**
   * @param hosts further names of this machine
   * @param origins further origins of a Temporal UI
   * @param ui where our own Temporal UI is; empty for none
   */
  AdminDoor(
      AdminToken token,
      List<String> hosts,
      List<String> origins,
      Supplier<String> ui,
      InstantSource clock) {
    this.token = token;
    this.hosts = List.copyOf(hosts);
    this.origins = List.copyOf(origins);
    this.ui = ui;
    this.clock = clock;
  }

  /** What a path asks of its callers. */
  enum Need {
    /** Nothing but that they ask by a name of this machine. */
    NOTHING,
    /** The token. */
    TOKEN,
    /** The token, or a browser's pass. */
    PASS
  }

  /**
   * @return the origin that may read the answer; null where no page may
   * @throws dev.steward.model.ProblemException FORBIDDEN or UNAUTHENTICATED
   */
  @Nullable String admit(ServerRequest request, Need need, boolean preflight) {
    ServerRequestHeaders headers = request.headers();
    String host = host(headers);
    String origin = origin(headers, host, need);
    if (need != Need.NOTHING && !preflight && !isProven(headers, need))
      throw Problem.of(
          Problem.Type.UNAUTHENTICATED,
          "this needs the header Authorization: Bearer with what is in admin.token of the data folder");
    return origin;
  }

  private String host(ServerRequestHeaders headers) {
    List<String> given = headers.all(HeaderNames.HOST, List::of);
    if (given.size() == 1) {
      String host = given.getFirst().strip();
      String name = name(host).toLowerCase(Locale.ROOT);
      if (LOOPBACK.contains(name) || hosts.stream().anyMatch(name::equalsIgnoreCase)) return host;
    }
    throw Problem.of(
        Problem.Type.FORBIDDEN,
        "ask by a name of this machine: localhost, 127.0.0.1, [::1] or one of admin.hosts");
  }

  /** The host without its port. */
  private static String name(String host) {
    try {
      String name = URI.create("http://" + host).getHost();
      if (name == null || host.contains("/") || host.contains("@")) return "";
      return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    } catch (IllegalArgumentException notAHost) {
      return "";
    }
  }

  private @Nullable String origin(ServerRequestHeaders headers, String host, Need need) {
    List<String> given = headers.all(HeaderNames.ORIGIN, List::of);
    if (given.isEmpty()) return null;
    String origin = given.getFirst();
    // Our own page, which sends the form of the log-in.
    if (given.size() == 1 && origin.equalsIgnoreCase("http://" + host)) return null;
    if (given.size() == 1 && need == Need.PASS && isUi(origin)) return origin;
    throw Problem.of(Problem.Type.FORBIDDEN, "pages of this origin may not ask here");
  }

  private boolean isUi(String origin) {
    String own = ui.get();
    return origins.contains(origin)
        || (!own.isEmpty()
            && (origin.equals(own) || origin.equals(own.replace("//127.0.0.1:", "//localhost:"))));
  }

  private boolean isProven(ServerRequestHeaders headers, Need need) {
    Optional<String> header = headers.first(HeaderNames.AUTHORIZATION);
    if (header.isPresent()) return token.isBearer(header.get());
    return need == Need.PASS
        && headers.cookies().all(COOKIE, List::of).stream()
            .anyMatch(pass -> token.isPass(pass, clock.instant()));
  }
}
