package dev.steward.api;

import static dev.steward.api.Operation.on;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The API's own documentation. */
public final class DocsOperations {
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.30.2/";
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

  private static final String START =
      "SwaggerUIBundle({url: '/openapi.json', dom_id: '#ui', deepLinking: true});";

  private final Supplier<List<Operation<?, ?>>> table;
  private volatile byte[] document = new byte[0];

  public DocsOperations(Supplier<List<Operation<?, ?>>> table) {
    this.table = table;
  }

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/openapi.json", "docs", Access.OPEN, "This API as an OpenAPI document")
            .givesFile(Reply.JSON)
            .answers(call -> openApi()),
        on("GET", "/docs", "docs", Access.OPEN, "This API as a page to try it")
            .givesFile("text/html")
            .answers(call -> Content.text("text/html; charset=utf-8", PAGE)),
        on("GET", "/docs/{file}", "docs", Access.OPEN, "A part of that page")
            .givesFile("text/css", "text/javascript", "image/png")
            .refuses(404)
            .answers(DocsOperations::file));
  }

  private Content openApi() {
    if (document.length == 0) document = HttpJson.bytes(OpenApi.document(table.get()));
    return Content.of(Reply.JSON, document);
  }

  private static Content file(Request request) {
    String name = request.path("file");
    if (name.equals("start.js")) return Content.text("text/javascript", START);
    String type = FILES.get(name);
    if (type == null) throw dev.steward.model.Problem.notFound("page");
    try (InputStream in = DocsOperations.class.getResourceAsStream(SWAGGER + name)) {
      if (in == null) throw dev.steward.model.Problem.notFound("page");
      return Content.of(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
