package dev.steward.api.http;

import dev.steward.api.auth.Tokens;
import dev.steward.model.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What every request goes through, from the outside in. */
final class Layers {
  private static final Uploads.Most UPLOADS = new Uploads.Most(2, 16, 4, Duration.ofSeconds(30));

  private final List<Layer> everywhere;
  private final List<Layer> operations;

  Layers(HttpServer.Options options, Tokens tokens, Ids ids) {
    everywhere =
        List.of(
            new RequestIds(ids),
            new Traces(),
            new SecurityHeaders(),
            new Cors(options.origins()),
            new RetryLater(),
            new Compression(),
            new ETags(),
            new Errors(),
            new WellFormed());
    operations =
        List.of(
            new Admission(new Gate(tokens)),
            new Uploads(UPLOADS),
            new Bodies(options.maxBody()),
            new Media());
  }

  /** Where no operation is. */
  Door around(Door elsewhere) {
    return Layer.behind(everywhere, elsewhere);
  }

  Door aroundAnOperation(Door door) {
    List<Layer> all = new ArrayList<>(everywhere);
    all.addAll(operations);
    return Layer.behind(all, door);
  }
}
