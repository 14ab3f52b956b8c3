package dev.steward.api.http;

import dev.steward.api.Access;
import dev.steward.api.HttpJson;
import dev.steward.api.Operation;
import dev.steward.api.Principal;
import dev.steward.api.auth.Tokens;
import dev.steward.model.Problem;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.Security;
import io.helidon.security.SecurityContext;
import io.helidon.security.SecurityEnvironment;
import io.helidon.security.SecurityTime;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuditProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a request in, or refuses it: deny by default. */
final class Gate {
  private static final SecurityTime TIME = SecurityTime.create();
  private final Tokens tokens;
  private final Security security;

  Gate(Tokens tokens) {
    this.tokens = tokens;
    security =
        Security.builder()
            .addAuthenticationProvider(new TokenProvider(tokens))
            // Its audit would write a line for each request; what matters for audit is in the event
            // log.
            .addAuditProvider((AuditProvider) () -> event -> {})
            .serverTime(TIME)
            .tracingEnabled(false)
            .build();
  }

  /** The caller, or null for an open operation. */
  @Nullable Principal admit(Operation<?, ?> operation, Optional<String> authorization) {
    return switch (operation.access()) {
      case Access.Open open -> null;
      case Access.Any any -> authenticate(authorization);
      case Access.Roles roles -> {
        Principal principal = authenticate(authorization);
        if (roles.roles().stream().noneMatch(principal.roles()::contains))
          throw Problem.of(
              Problem.Type.FORBIDDEN,
              "this needs the role "
                  + roles.roles().stream()
                      .map(HttpJson::name)
                      .sorted()
                      .reduce((a, b) -> a + " or " + b)
                      .orElse(""));
        yield principal;
      }
    };
  }

  /**
   * A token is put through Helidon Security once; after that only what can have changed since is
   * looked up.
   */
  Principal authenticate(Optional<String> authorization) {
    return authorization
        .flatMap(TokenProvider::bearer)
        .flatMap(tokens::recall)
        .or(() -> throughSecurity(authorization))
        .orElseThrow(() ->
            Problem.of(
                Problem.Type.UNAUTHENTICATED, "the token is missing, invalid, expired or revoked"));
  }

  private Optional<Principal> throughSecurity(Optional<String> authorization) {
    SecurityEnvironment.Builder environment = SecurityEnvironment.builder(TIME);
    authorization.ifPresent(value -> environment.header("Authorization", value));
    SecurityContext context =
        security.contextBuilder("request").serverTime(TIME).env(environment.build()).build();
    AuthenticationResponse response = context.atnClientBuilder().buildAndGet();
    return response.user().flatMap((Subject subject) -> subject.privateCredential(Principal.class));
  }
}
