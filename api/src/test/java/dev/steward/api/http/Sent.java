package dev.steward.api.http;

import dev.steward.api.Operation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A request that came over no wire, to ask one layer alone. */
record Sent(String method, String path, Map<String, String> headers, byte[] content)
    implements Arrival {
  static Sent get(String path) {
    return new Sent("GET", path, Map.of(), new byte[0]);
  }

  static Sent post(String body) {
    return new Sent("POST", "/x", Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  Sent as(String verb) {
    return new Sent(verb, path, headers, content);
  }

  Sent with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Sent(method, path, more, content);
  }

  Exchange to(Operation<?, ?> operation) {
    return Exchange.of(this, operation);
  }

  Exchange nowhere() {
    return Exchange.of(this, null);
  }

  @Override
  public String rawPath() {
    return path.split("\\?", 2)[0];
  }

  @Override
  public String rawQuery() {
    return path.contains("?") ? path.split("\\?", 2)[1] : "";
  }

  @Override
  public List<String> all(String header) {
    return headers.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(header))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public boolean isNamed() {
    return !headers.containsKey("");
  }

  @Override
  public boolean hasBody() {
    return content.length > 0;
  }

  @Override
  public InputStream body(long atOnce, boolean kept) {
    return new ByteArrayInputStream(content);
  }

  @Override
  public long length() {
    return content.length;
  }
}
