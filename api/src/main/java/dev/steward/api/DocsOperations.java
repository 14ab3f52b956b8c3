package dev.steward.api;

import static dev.steward.api.Operation.on;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API's own documentation. */
public final class DocsOperations {
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.30.2/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui.css",
          "text/css",
          "swagger-ui-bundle.js",
          "text/javascript",
          "favicon-32x32.png",
          "image/png");

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Steward API</title>
          <link rel="stylesheet" href="/docs/swagger-ui.css">
          <link rel="icon" href="/docs/favicon-32x32.png">
        </head>
        <body>
          <div id="ui"></div>
          <script src="/docs/swagger-ui-bundle.js"></script>
          <script src="/docs/start.js"></script>
        </body>
      </html>
      """;

  private static final String ROOT =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Steward</title>
        </head>
        <body>
          <h1>Steward</h1>
          <ul>
            <li><a href="/docs">The API, to read and to try</a></li>
            <li>The same as a document: <a href="/openapi.json">JSON</a>, <a href="/openapi.yaml">YAML</a></li>
            <li><a href="/.well-known/jwks.json">The keys that verify tokens</a></li>
          </ul>
        </body>
      </html>
      """;

  private static final String START =
      "SwaggerUIBundle({url: '/openapi.json', dom_id: '#ui', deepLinking: true});";

  private final Supplier<List<Operation<?, ?>>> table;
  private @Nullable Document document;
  private final Map<String, Content> files = new ConcurrentHashMap<>();

  /** The document in both its forms: written once, for anybody may ask. */
  private record Document(Content json, Content yaml) {
    static Document of(Object document) {
      return new Document(
          Content.kept(Reply.JSON, HttpJson.bytes(document)),
          Content.kept(Yaml.TYPE, Yaml.text(document).getBytes(StandardCharsets.UTF_8)));
    }
  }

  public DocsOperations(Supplier<List<Operation<?, ?>>> table) {
    this.table = table;
  }

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/openapi.json", "docs", Access.OPEN, "This API as an OpenAPI document")
            .givesFile(Reply.JSON)
            .answers(call -> document().json()),
        on("GET", "/openapi.yaml", "docs", Access.OPEN, "The same document as YAML")
            .givesFile(Yaml.TYPE)
            .answers(call -> document().yaml()),
        on("GET", "/", "docs", Access.OPEN, "Where to find what")
            .givesFile("text/html")
            .answers(call -> Content.text(HTML, ROOT)),
        on("GET", "/docs", "docs", Access.OPEN, "This API as a page to try it")
            .givesFile("text/html")
            .answers(call -> Content.text(HTML, PAGE)),
        on("GET", "/docs/{file}", "docs", Access.OPEN, "A part of that page")
            .givesFile("text/css", "text/javascript", "image/png")
            .refuses(404)
            .answers(call -> files.computeIfAbsent(call.path("file"), DocsOperations::file)));
  }

  private synchronized Document document() {
    if (document == null) document = Document.of(OpenApi.document(table.get()));
    return document;
  }

  /** There are few of them, and reading and compressing one takes as long as a thousand answers. */
  private static Content file(String name) {
    if (name.equals("start.js")) return Content.text("text/javascript", START);
    String type = FILES.get(name);
    if (type == null) throw dev.steward.model.Problem.notFound("page");
    try (InputStream in = DocsOperations.class.getResourceAsStream(SWAGGER + name)) {
      if (in == null) throw dev.steward.model.Problem.notFound("page");
      return Content.kept(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
