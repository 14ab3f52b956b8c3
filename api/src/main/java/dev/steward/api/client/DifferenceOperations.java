package dev.steward.api.client;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Sorts;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Differences;
import dev.steward.model.ResourceDifference;
import dev.steward.storage.Chunks;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What discoveries found otherwise than the ones before. */
public final class DifferenceOperations {
  /**
   * @param at when it was seen
   * @param fields of one that changed: name, state, attributes, and tags as {@code tag:name}
   */
  public record DifferenceView(
      String discovery,
      Instant at,
      String kind,
      String region,
      String resource,
      @Nullable String name,
      ResourceDifference.What what,
      Map<String, ResourceDifference.Field> fields) {}

  private static final QueryParameter<String> KIND =
      QueryParameter.oneOf("kind", Catalogue.KINDS.stream().map(Kind::id).sorted().toList());
  private static final QueryParameter<ResourceDifference.What> WHAT =
      QueryParameter.constant("what", ResourceDifference.What.class);

  private record Line(String position, DifferenceView view) {}

  private static final Sorts<Line> SORTS =
      Sorts.<Line>of(Line::position)
          .time("at", line -> line.view().at())
          .text("kind", line -> line.view().kind())
          .text("region", line -> line.view().region())
          .text("resource", line -> line.view().resource())
          .text("name", line -> line.view().name());

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "GET",
                "/client/accounts/{id}/differences",
                "client",
                "What appeared, changed or went from one discovery to the next")
            .refuses(404)
            .list(
                DifferenceView.class,
                SORTS,
                ListFilter.by(KIND, (line, kind) -> kind.equals(line.view().kind())),
                ListFilter.by(
                    AccountViews.REGION, (line, region) -> region.equals(line.view().region())),
                ListFilter.by(WHAT, (line, what) -> what == line.view().what()))
            .paged(DifferenceOperations::lines, (own, line) -> line.view()));
  }

  private static Stream<Line> lines(Own own, Invocation<?> call) {
    Account account = AccountViews.find(own, call.path("id"));
    String kind = call.find(KIND).orElse(null);
    return own.under(Tables.ACCOUNTS, account.id().value(), Tables.DIFFERENCES)
        .filter(row -> kind == null || kind.equals(row.kind()))
        .flatMap(row -> Chunks.differences(own.state(), row).stream().map(one -> line(row, one)));
  }

  private static Line line(Differences row, ResourceDifference one) {
    return new Line(
        row.key() + "/" + one.region() + "/" + one.id(),
        new DifferenceView(
            row.discovery().value(),
            row.at(),
            row.kind(),
            one.region(),
            one.id(),
            one.name(),
            one.what(),
            one.fields()));
  }
}
