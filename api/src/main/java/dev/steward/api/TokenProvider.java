package dev.steward.api;

import dev.steward.api.auth.Tokens;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Role;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuthenticationProvider;
import java.util.Locale;
import java.util.Optional;

/**
 * Helidon Security's view of our tokens: a bearer token that verifies makes a subject with its
 * user's roles.
 */
final class TokenProvider implements AuthenticationProvider {
  private static final String BEARER = "bearer ";
  private final Tokens tokens;

  TokenProvider(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public AuthenticationResponse authenticate(ProviderRequest request) {
    Optional<Principal> principal =
        request.env().headers().getOrDefault("Authorization", java.util.List.of()).stream()
            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .findFirst()
            .flatMap(header -> tokens.verify(header.substring(BEARER.length()).strip()));
    return principal
        .map(TokenProvider::success)
        .orElseGet(() ->
            AuthenticationResponse.failed("the token is missing, invalid, expired or revoked"));
  }

  private static AuthenticationResponse success(Principal principal) {
    Subject.Builder subject =
        Subject.builder()
            .principal(
                io.helidon.security.Principal.builder()
                    .id(principal.user().value())
                    .name(principal.username())
                    .build());
    for (dev.steward.model.Role role : principal.roles())
      subject.addGrant(Role.create(role.name()));
    return AuthenticationResponse.success(
        subject.addPrivateCredential(Principal.class, principal).build());
  }
}
