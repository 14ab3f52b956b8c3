package dev.steward.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Asks over a socket and tells the bytes of the answer as they came. */
final class Wired implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  Wired(int port) {
    this.port = port;
  }

  record Got(int status, byte[] bytes, java.net.http.HttpHeaders headers) {
    String header(String name) {
      return String.join(", ", headers.allValues(name));
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    String unzipped() throws IOException {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * @param headers names and values in turns
   */
  Got ask(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Got(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Got get(String path, String... headers) {
    return ask("GET", path, "", headers);
  }

  @Override
  public void close() {
    client.close();
  }
}
