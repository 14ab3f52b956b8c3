package dev.steward.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.api.Principal;
import dev.steward.model.Ids;
import java.time.Duration;
import java.util.Optional;

/**
 * One-time tickets for what cannot send a header, such as a browser's web socket. Each is good for
 * one use within 30 seconds.
 */
public final class Tickets {
  public static final Duration LIFETIME = Duration.ofSeconds(30);
  private final Cache<String, Principal> open =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(LIFETIME).build();
  private final Ids ids;

  public Tickets(Ids ids) {
    this.ids = ids;
  }

  public String issue(Principal principal) {
    String ticket = ids.next("tkt");
    open.put(ticket, principal);
    return ticket;
  }

  /** Whose ticket it is; from now on nobody's. */
  public Optional<Principal> redeem(String ticket) {
    return Optional.ofNullable(open.asMap().remove(ticket));
  }
}
