package dev.steward.api.governance;

import dev.steward.api.HttpJson;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.Judged;
import dev.steward.domain.governance.desk.OvertakenException;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Change;
import dev.steward.model.Finding;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Resource;
import dev.steward.model.User;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a plan is to be made of, and tells everything that is wrong with it at once. */
public final class PlanRequests {
  /**
   * Findings, resources, or both; all of one account.
   *
   * @param action the same for all; where left out each finding's check says
   */
  public record PlanBody(
      @Rule(min = 1, max = 200) @Nullable String title,
      @Rule(min = 1, max = 60) @Nullable String action,
      @Rule(max = 200, aliases = "finding_ids") @Nullable List<String> findings,
      @Rule(max = 200) @Nullable List<ResourceBody> resources,
      @Rule(max = 20) @Nullable Map<String, String> parameters) {}

  public record ResourceBody(
      @Rule(min = 1) @Nullable String account,
      @Rule(min = 1, max = 60) String kind,
      @Rule(min = 1, max = 40) String region,
      @Rule(min = 1, max = 512, aliases = "resource") String id,
      @Rule(min = 1, max = 60) @Nullable String action) {}

  private final Own own;
  private final Estates estates;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> accounts = new TreeSet<>();
  private final List<Planner.Item> items = new ArrayList<>();

  private PlanRequests(Own own, Estates estates) {
    this.own = own;
    this.estates = estates;
  }

  /**
   * What was read and judged before the write.
   *
   * @param managed null where there was nothing to judge
   */
  public record Known(Estates estates, @Nullable Judged<Map<Integer, String>> managed) {}

  /**
   * Reads what the draft will be about, and asks the policies, so that nobody has to in a write.
   */
  public static Known read(Own own, ChangeDesk desk, User user, PlanBody body) {
    PlanRequests read = of(own, new Estates(own.state()), body);
    return new Known(
        read.estates,
        read.violations.isEmpty() && read.accounts.size() == 1
            ? desk.managed(read.estates, read.account(), user, read.items)
            : null);
  }

  private static PlanRequests of(Own own, Estates estates, PlanBody body) {
    PlanRequests read = new PlanRequests(own, estates);
    read.findings(body);
    read.resources(body);
    return read;
  }

  private Account account() {
    return AccountViews.find(own, accounts.iterator().next());
  }

  /**
   * Makes a draft.
   *
   * @param known what was read before
   * @throws ProblemException INVALID with every violation
   * @throws OvertakenException if what was judged is not what is there
   */
  public static Change draft(
      Own own, Transaction t, ChangeDesk desk, User user, PlanBody body, Known known) {
    PlanRequests read = of(own, known.estates().at(t.state()), body);
    if (read.accounts.size() > 1)
      read.violations.add(
          new Violation("findings", "are of several accounts; make a change for each"));
    if (read.accounts.isEmpty() && read.violations.isEmpty())
      read.violations.add(new Violation("findings", "or resources must name something"));
    if (!read.violations.isEmpty()) throw Problem.invalid(read.violations);
    if (known.managed() == null) throw new OvertakenException();
    return desk.draft(
        t,
        read.account(),
        user,
        title(body, read.items),
        read.items,
        read.estates,
        known.managed());
  }

  private static String title(PlanBody body, List<Planner.Item> items) {
    if (body.title() != null) return body.title();
    String first = items.getFirst().action().replace('_', ' ');
    return items.size() == 1
        ? first + " " + items.getFirst().resource().id()
        : first + " and more: " + items.size() + " steps";
  }

  private void findings(PlanBody body) {
    List<String> ids = body.findings() == null ? List.of() : body.findings();
    for (int i = 0; i < ids.size(); i++) {
      String field = "findings[" + i + "]";
      Optional<Finding> found = own.find(Tables.FINDINGS, ids.get(i));
      if (found.isEmpty()) {
        violations.add(new Violation(field, "there is no such finding"));
        continue;
      }
      finding(field, found.get(), body);
    }
  }

  private void finding(String field, Finding finding, PlanBody body) {
    if (finding.state() != Finding.State.OPEN) {
      violations.add(new Violation(field, "is " + HttpJson.name(finding.state())));
      return;
    }
    List<String> offered = Catalogue.offered(finding);
    if (body.action() == null && offered.isEmpty()) {
      violations.add(
          new Violation(field, "is advice: none of the actions is for its resource as it is"));
      return;
    }
    String action = body.action() == null ? offered.getFirst() : body.action();
    Optional<Resource> resource =
        estates.find(finding.account(), finding.kind(), finding.region(), finding.resource());
    if (resource.isEmpty()) {
      violations.add(
          new Violation(field, "its resource is not in the inventory any more; discover again"));
      return;
    }
    accounts.add(finding.account().value());
    items.add(
        new Planner.Item(
            field,
            resource.get(),
            finding,
            action,
            parameters(body),
            estates.beside(finding.account(), resource.get())));
  }

  private void resources(PlanBody body) {
    List<ResourceBody> wanted = body.resources() == null ? List.of() : body.resources();
    for (int i = 0; i < wanted.size(); i++) {
      ResourceBody one = wanted.get(i);
      String field = "resources[" + i + "]";
      String action = one.action() == null ? body.action() : one.action();
      if (action == null) {
        violations.add(new Violation(field + ".action", "is required, or action for all"));
        continue;
      }
      Account account = account(field, one);
      if (account == null) continue;
      Optional<Resource> resource = estates.find(account.id(), one.kind(), one.region(), one.id());
      if (resource.isEmpty()) {
        violations.add(new Violation(field, "there is no such resource in the inventory"));
        continue;
      }
      accounts.add(account.id().value());
      items.add(
          new Planner.Item(
              field,
              resource.get(),
              null,
              action,
              parameters(body),
              estates.beside(account.id(), resource.get())));
    }
  }

  private @Nullable Account account(String field, ResourceBody one) {
    try {
      if (one.account() != null) return AccountViews.find(own, one.account());
      List<Account> all = own.all(Tables.ACCOUNTS).toList();
      if (all.size() == 1) return all.getFirst();
      violations.add(
          new Violation(field + ".account", "is required where there is not just one account"));
    } catch (ProblemException none) {
      violations.add(new Violation(field + ".account", "there is no such account"));
    }
    return null;
  }

  private static Map<String, String> parameters(PlanBody body) {
    return body.parameters() == null ? Map.of() : body.parameters();
  }
}
