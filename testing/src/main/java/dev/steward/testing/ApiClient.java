package dev.steward.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.steward.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks to the platform as a front end does. */
public final class ApiClient implements AutoCloseable {
  private final URI base;
  private final HttpClient client;
  private final @Nullable String token;
  private final Check check;

  /** What answers are held to. */
  public interface Check {
    /**
     * @param path with its query, as it was asked for
     */
    void hold(String method, String path, Answer answer);
  }

  /** An answer: the body as JSON, or missing where it is none. */
  public record Answer(int status, String text, HttpHeaders headers) {
    public JsonNode json() {
      try {
        return text.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(text);
      } catch (JsonProcessingException notJson) {
        return MissingNode.getInstance();
      }
    }

    /** The body, if the call went well. */
    public JsonNode ok() {
      if (status >= 300) throw new IllegalStateException("answered " + status + ": " + text);
      return json();
    }
  }

  private ApiClient(URI base, HttpClient client, @Nullable String token, Check check) {
    this.base = base;
    this.client = client;
    this.token = token;
    this.check = check;
  }

  public static ApiClient at(URI base) {
    return new ApiClient(
        base,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMinutes(1))
            .build(),
        null,
        (method, path, answer) -> {});
  }

  /** The same, whose answers are held to this. */
  public ApiClient held(Check to) {
    return new ApiClient(base, client, token, to);
  }

  /** The same server as this user. */
  public ApiClient as(String username, String password) {
    JsonNode answer =
        post("/api/auth/login", Map.of("username", username, "password", password)).ok();
    return withToken(answer.path("access_token").asText());
  }

  public ApiClient withToken(@Nullable String other) {
    return new ApiClient(base, client, other, check);
  }

  public @Nullable String token() {
    return token;
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Answer post(String path, @Nullable Object body) {
    return send(
        "POST",
        path,
        body == null ? null : Json.text(body),
        Map.of("Content-Type", "application/json"));
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, Json.text(body), Map.of("Content-Type", "application/json"));
  }

  public Answer patch(String path, Object body) {
    return send("PATCH", path, Json.text(body), Map.of("Content-Type", "application/json"));
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  /** Any request, the body as it stands. */
  public Answer send(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    return sendBytes(
        method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The same with any bytes. */
  public Answer sendBytes(
      String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofMinutes(5))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (token != null) request.header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Answer answer = new Answer(response.statusCode(), response.body(), response.headers());
      check.hold(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
