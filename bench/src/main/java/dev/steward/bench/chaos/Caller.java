package dev.steward.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.testing.ApiClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A front end of the careful kind: what was not answered is sent again with the same
 * Idempotency-Key until it is.
 */
record Caller(ApiClient client, BooleanSupplier goesOn) {
  private static final int BETWEEN_MILLIS = 200;

  /** Thrown when time is over before there was an answer. */
  static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Sends until somebody answers who is not just starting or stopping. */
  ApiClient.Answer send(String method, String path, @Nullable Object body) {
    Map<String, String> headers = new HashMap<>();
    if (body != null) headers.put("Content-Type", "application/json");
    if (!method.equals("GET")) headers.put("Idempotency-Key", UUID.randomUUID().toString());
    String text = body == null ? null : Json.text(body);
    return send(() -> client.send(method, path, text, headers));
  }

  ApiClient.Answer send(Supplier<ApiClient.Answer> request) {
    while (goesOn.getAsBoolean()) {
      try {
        ApiClient.Answer answer = request.get();
        if (answer.status() != 503 && answer.status() != 429) return answer;
      } catch (UncheckedIOException notThere) {
        // Killed, stopped or not ready yet.
      }
      pause();
    }
    throw new Over();
  }

  JsonNode post(String path, @Nullable Object body) {
    return send("POST", path, body).ok();
  }

  JsonNode get(String path) {
    return send("GET", path, null).ok();
  }

  /** The items of all pages. */
  List<JsonNode> pages(String path) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=200" + after);
      page.path("items").forEach(items::add);
      after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    return items;
  }

  JsonNode await(String path, Predicate<JsonNode> wanted) {
    while (goesOn.getAsBoolean()) {
      JsonNode answer = get(path);
      if (wanted.test(answer)) return answer;
      pause();
    }
    throw new Over();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Over();
    }
  }
}
