package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuthTest {
  private final WithoutTemporal platform =
      new WithoutTemporal(Map.of("auth.self-registration", "true"));

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void takesJsonUnderAFormsContentTypeAndRealForms() {
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    JsonNode answer =
        platform
            .anybody
            .send("POST", "/api/auth/login", "{\"username\":\"test\", \"password\":\"test\"}", form)
            .ok();
    assertThat(answer.path("token_type").asText()).isEqualTo("bearer");
    assertThat(answer.path("expires_in").asInt()).isEqualTo(86_400);
    assertThat(answer.path("user").path("roles").get(0).asText()).isEqualTo("client");
    assertThat(
            platform
                .anybody
                .send("POST", "/api/v1/auth/login", "username=test&password=test", form)
                .status())
        .isEqualTo(200);
    assertThat(
            platform
                .anybody
                .post(
                    "/api/auth/login", Map.of("identifier", "TEST@example.com", "password", "test"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void answersTheSameForUnknownUsersAndWrongPasswords() {
    ApiClient.Answer unknown =
        platform.anybody.post("/api/auth/login", Map.of("username", "nobody", "password", "x"));
    ApiClient.Answer wrong =
        platform.anybody.post("/api/auth/login", Map.of("username", "test", "password", "x"));
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.json().path("detail")).isEqualTo(wrong.json().path("detail"));
  }

  @Test
  void throttlesGuessing() {
    for (int i = 0; i < 5; i++)
      platform.anybody.post(
          "/api/auth/login", Map.of("username", "client", "password", "guess" + i));
    assertThat(
            platform
                .anybody
                .post("/api/auth/login", Map.of("username", "Client", "password", "client"))
                .status())
        .isEqualTo(429);
    assertThat(
            platform
                .anybody
                .post("/api/auth/login", Map.of("username", "test", "password", "test"))
                .status())
        .isEqualTo(200);
  }

  private static ApiClient.Answer login(
      WithoutTemporal at, String name, String password, String from) {
    return at.anybody.send(
        "POST",
        "/api/auth/login",
        "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}",
        Map.of("Content-Type", "application/json", "X-Forwarded-For", from));
  }

  private static void assertLater(ApiClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 3_600);
  }

  @Test
  void theOwnerGetsInWhereTheyHaveSignedInLately() {
    assertThat(login(platform, "lead", "lead", "").status()).isEqualTo(200);
    for (int i = 0; i < 12; i++)
      assertThat(login(platform, "lead", "guess" + i, "").status()).isEqualTo(401);
    assertThat(login(platform, "lead", "lead", "").status()).isEqualTo(200);
    // A caller whom no trusted proxy passed on may write what they like.
    for (int i = 0; i < 5; i++) login(platform, "approver", "guess", "198.51.100." + i);
    assertLater(login(platform, "approver", "approver", "198.51.100.9"));
  }

  @Test
  void behindATrustedProxyEachCallerIsOneOfTheirOwn() {
    try (WithoutTemporal behind =
        new WithoutTemporal(Map.of("http.trusted-proxies", "127.0.0.1, ::1"))) {
      for (int i = 0; i < 5; i++)
        assertThat(login(behind, "client", "guess", "203.0.113.9, 198.51.100.1").status())
            .isEqualTo(401);
      assertLater(login(behind, "client", "client", "203.0.113.7, 198.51.100.1"));
      assertThat(login(behind, "client", "client", "198.51.100.1, 198.51.100.2").status())
          .isEqualTo(200);
    }
  }

  @Test
  void aTokenIsNoWayToGuessThePasswordNorIsRegistration() {
    ApiClient user = platform.anybody.as("client", "client");
    Map<String, String> wrong =
        Map.of("current_password", "wrong", "new_password", "a longer password");
    for (int i = 0; i < 5; i++)
      assertThat(user.post("/api/auth/password", wrong).status()).isEqualTo(422);
    assertLater(user.post("/api/auth/password", wrong));
    Map<String, String> taken =
        Map.of("organization", "x", "username", "client", "password", "a long enough one");
    for (int i = 0; i < 20; i++)
      assertThat(platform.anybody.post("/api/auth/register", taken).status()).isEqualTo(409);
    assertLater(platform.anybody.post("/api/auth/register", taken));
  }

  @Test
  void logoutTakesEffectAtOnce() {
    ApiClient user = platform.anybody.as("test", "test");
    ApiClient other = platform.anybody.as("test", "test");
    assertThat(user.get("/api/auth/verify").status()).isEqualTo(200);
    assertThat(user.post("/api/auth/logout", null).status()).isEqualTo(204);
    assertThat(user.get("/api/auth/verify").status()).isEqualTo(401);
    assertThat(other.get("/api/auth/verify").status()).isEqualTo(200);
  }

  @Test
  void aNewPasswordVoidsEveryOtherToken() {
    ApiClient old = platform.anybody.as("client", "client");
    assertThat(
            old.post(
                    "/api/auth/password",
                    Map.of("current_password", "wrong", "new_password", "a longer password"))
                .status())
        .isEqualTo(422);
    JsonNode changed =
        old.post(
                "/api/auth/password",
                Map.of("current_password", "client", "new_password", "a longer password"))
            .ok();
    assertThat(old.get("/api/auth/verify").status()).isEqualTo(401);
    assertThat(
            old.withToken(changed.path("access_token").asText())
                .get("/api/auth/me")
                .ok()
                .path("username")
                .asText())
        .isEqualTo("client");
    assertThat(
            platform
                .anybody
                .post("/api/auth/login", Map.of("username", "client", "password", "client"))
                .status())
        .isEqualTo(401);
  }

  @Test
  void aDisabledUserIsOutWithTheNextRequest() {
    ApiClient user = platform.anybody.as("client", "client");
    platform
        .platform
        .store()
        .write(t -> {
          var known =
              t.rows(Tables.USERS).stream()
                  .filter(u -> u.username().equals("client"))
                  .findFirst()
                  .orElseThrow();
          return t.put(
              Tables.USERS,
              new dev.steward.model.User(
                  known.id(),
                  known.organization(),
                  known.username(),
                  known.email(),
                  known.passwordHash(),
                  known.roles(),
                  known.epoch(),
                  true,
                  known.createdAt()));
        });
    assertThat(user.get("/api/auth/verify").status()).isEqualTo(401);
  }

  @Test
  void refusesTokensThatAreNotOurs() {
    String token = String.valueOf(platform.anybody.as("test", "test").token());
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String admin = encode(claims.replace("CLIENT", "ADMIN"));
    String none = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");
    for (String forged :
        new String[] {
          parts[0] + "." + admin + "." + parts[2],
          none + "." + parts[1] + ".",
          none + "." + parts[1] + "." + parts[2],
          token.substring(0, token.length() - 4) + "AAAA",
          "x",
          "a.b.c",
          ""
        })
      assertThat(platform.anybody.withToken(forged).get("/api/auth/verify").status())
          .as(forged)
          .isEqualTo(401);
  }

  @Test
  void publishesTheKeysThatVerifyItsTokens() {
    String token = String.valueOf(platform.anybody.as("test", "test").token());
    String kid =
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8);
    JsonNode key = platform.anybody.get("/.well-known/jwks.json").ok().at("/keys/0");
    assertThat(kid).contains(key.path("kid").asText());
    assertThat(key.path("alg").asText()).isEqualTo("RS256");
    assertThat(key.has("d")).isFalse();
  }

  @Test
  void letsAnybodyMakeAnOrganizationOnlyWhereThatIsAllowed() {
    Map<String, String> wanted =
        Map.of(
            "organization",
            "New",
            "username",
            "newcomer",
            "password",
            "a long enough one",
            "email",
            "n@example.com");
    JsonNode made = platform.anybody.post("/api/auth/register", wanted).ok();
    assertThat(
            platform
                .anybody
                .withToken(made.path("access_token").asText())
                .get("/client/accounts")
                .ok())
        .isEmpty();
    assertThat(platform.anybody.post("/api/auth/register", wanted).status()).isEqualTo(409);
    try (WithoutTemporal closed = new WithoutTemporal()) {
      assertThat(closed.anybody.post("/api/auth/register", wanted).status()).isEqualTo(403);
    }
  }

  @Test
  void givesTicketsOnlyToThoseWhoAreIn() {
    assertThat(
            platform
                .anybody
                .as("test", "test")
                .post("/api/auth/ticket", null)
                .ok()
                .path("expires_in")
                .asInt())
        .isEqualTo(30);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
