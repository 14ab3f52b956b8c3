package dev.steward.api.governance;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.governance.desk.FindingDesk;
import dev.steward.domain.governance.desk.Office;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is left alone until a date. */
public final class ExemptionOperations {
  private final Store store;
  private final FindingDesk desk;
  private final Office office;

  public ExemptionOperations(Store store, FindingDesk desk, Office office) {
    this.store = store;
    this.desk = desk;
    this.office = office;
  }

  /** At least one of check, account and resource; what is left out means every one. */
  public record ExemptionBody(
      @Rule(min = 1, max = 60) @Nullable String check,
      @Rule(min = 1) @Nullable String account,
      @Rule(min = 1, max = 512) @Nullable String resource,
      @Rule(min = 1, max = 500) String reason,
      Instant until) {}

  public record ExemptionView(
      String id,
      @Nullable String check,
      @Nullable String account,
      @Nullable String resource,
      String reason,
      Instant until,
      boolean active,
      String author,
      Instant createdAt) {}

  public List<Operation> operations() {
    return List.of(
        client("GET", "/governance/exemptions", "governance", "What is left alone, and until when")
            .gives(Shape.PAGE, ExemptionView.class)
            .query("limit", "after")
            .handle(this::list),
        client("POST", "/governance/exemptions", "governance", "Leave something alone until a date")
            .takes(ExemptionBody.class)
            .gives(ExemptionView.class)
            .answers(201, 422)
            .handle(this::add),
        client("DELETE", "/governance/exemptions/{id}", "governance", "End an exemption now")
            .gives(ExemptionView.class)
            .answers(200, 404)
            .handle(this::end));
  }

  private Reply list(Request request) {
    return Reply.ok(
        PageOf.sort(
                request,
                request.own().all(Tables.EXEMPTIONS),
                e -> String.format(Locale.ROOT, "%019d/%s", e.until().toEpochMilli(), e.id()))
            .map(this::view));
  }

  private Reply add(Request request) {
    ExemptionBody body = request.body(ExemptionBody.class);
    Instant now = office.clock().instant();
    List<Violation> violations = new ArrayList<>();
    if (body.check() == null && body.account() == null && body.resource() == null)
      violations.add(new Violation("check", "or account or resource is required"));
    if (body.check() != null && Catalogue.check(body.check()).isEmpty())
      violations.add(new Violation("check", "there is no such check"));
    FindingDesk.until(body.until(), now).ifPresent(violations::add);
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    return request.once(t -> {
      AccountId account =
          body.account() == null ? null : AccountViews.find(request.own(t), body.account()).id();
      return Reply.of(
          201,
          view(
              desk.add(
                  t,
                  new Exemption(
                      ExemptionId.from(office.ids()),
                      request.organization(),
                      body.check(),
                      account,
                      body.resource(),
                      body.reason(),
                      body.until(),
                      request.principal().username(),
                      now))));
    });
  }

  private Reply end(Request request) {
    return Reply.ok(
        store.write(t -> {
          Exemption exemption = request.own(t).get(Tables.EXEMPTIONS, request.path("id"));
          desk.end(t, exemption, request.principal().username());
          return view(exemption);
        }));
  }

  private ExemptionView view(Exemption e) {
    return new ExemptionView(
        e.id().value(),
        e.check(),
        e.account() == null ? null : e.account().value(),
        e.resource(),
        e.reason(),
        e.until(),
        office.clock().instant().isBefore(e.until()),
        e.author(),
        e.createdAt());
  }
}
