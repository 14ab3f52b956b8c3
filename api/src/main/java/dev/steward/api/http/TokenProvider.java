package dev.steward.api.http;

import dev.steward.api.Principal;
import dev.steward.api.auth.Tokens;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Role;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuthenticationProvider;
import java.util.List;
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
    return request.env().headers().getOrDefault("Authorization", List.of()).stream()
        .findFirst()
        .flatMap(TokenProvider::bearer)
        .flatMap(tokens::verify)
        .map(TokenProvider::success)
        .orElseGet(() ->
            AuthenticationResponse.failed("the token is missing, invalid, expired or revoked"));
  }

  /**
   * The token of an Authorization header of the scheme Bearer, in any case (RFC 6750, RFC 9110).
   */
  static Optional<String> bearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
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
