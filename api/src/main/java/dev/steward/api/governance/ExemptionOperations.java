package dev.steward.api.governance;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.governance.desk.FindingDesk;
import dev.steward.domain.governance.desk.Office;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left alone until a date. */
public final class ExemptionOperations {
  private final FindingDesk desk;
  private final Office office;

  public ExemptionOperations(FindingDesk desk, Office office) {
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

  private static final Sorts<Exemption> SORTS =
      Sorts.<Exemption>of(Exemption::id)
          .time("until", Exemption::until)
          .time("created_at", Exemption::createdAt)
          .text("check", Exemption::check);

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/governance/exemptions", "governance", "What is left alone, and until when")
            .list(ExemptionView.class, SORTS)
            .paged((own, call) -> own.all(Tables.EXEMPTIONS), (own, e) -> view(e)),
        client("POST", "/governance/exemptions", "governance", "Leave something alone until a date")
            .takes(ExemptionBody.class)
            .gives(ExemptionView.class)
            .makes("/governance/exemptions/{id}", ExemptionView::id)
            .refuses(404)
            .once(this::add),
        client("GET", "/governance/exemptions/{id}", "governance", "One thing that is left alone")
            .gives(ExemptionView.class)
            .refuses(404)
            .answers(call -> view(call.own().get(Tables.EXEMPTIONS, call.path("id")))),
        client("DELETE", "/governance/exemptions/{id}", "governance", "End an exemption now")
            .gives(ExemptionView.class)
            .refuses(404)
            .writes((call, t) -> {
              Exemption exemption = call.own(t).get(Tables.EXEMPTIONS, call.path("id"));
              desk.end(t, exemption, call.principal().username());
              return view(exemption);
            }));
  }

  private ExemptionView add(Invocation<ExemptionBody> call, Transaction t) {
    ExemptionBody body = call.body();
    Instant now = office.clock().instant();
    List<Violation> violations = new ArrayList<>();
    if (body.check() == null && body.account() == null && body.resource() == null)
      violations.add(new Violation("check", "or account or resource is required"));
    if (body.check() != null && Catalogue.check(body.check()).isEmpty())
      violations.add(new Violation("check", "there is no such check"));
    FindingDesk.until(body.until(), now).ifPresent(violations::add);
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    AccountId account =
        body.account() == null ? null : AccountViews.find(call.own(t), body.account()).id();
    return view(
        desk.add(
            t,
            new Exemption(
                ExemptionId.from(office.ids()),
                call.organization(),
                body.check(),
                account,
                body.resource(),
                body.reason(),
                body.until(),
                call.principal().username(),
                now)));
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
