package dev.steward.api.governance;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.governance.PolicyBodies.PolicyBody;
import dev.steward.api.governance.PolicyBodies.RuleBody;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.Judges;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.governance.plan.Canonical;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.domain.governance.policy.Budget;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Finding;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.Plan;
import dev.steward.model.Policy;
import dev.steward.model.PolicyId;
import dev.steward.model.Problem;
import dev.steward.model.Resource;
import dev.steward.model.Role;
import dev.steward.model.Ruling;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Policies: written by admins, read by everybody whom they bind. */
public final class PolicyOperations {
  private static final Access READ = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);
  private static final Access WRITE = Access.roles(Role.ADMIN);
  private final Store store;
  private final Office office;
  private final Judges judges;

  public PolicyOperations(Store store, Office office, Judges judges) {
    this.store = store;
    this.office = office;
    this.judges = judges;
  }

  public record PolicyView(
      String id,
      int version,
      String name,
      String description,
      boolean enabled,
      List<Policy.Rule> rules,
      String author,
      Instant at) {}

  /**
   * @param rules a draft to try instead of what is kept
   * @param action what would be done to each finding; the first of its check where left out
   */
  public record Trial(
      @Rule(max = 100) @Nullable List<RuleBody> rules,
      @Rule(min = 1, max = 60) @Nullable String action,
      @Nullable Integer limit) {}

  /**
   * @param counts how many findings each effect would meet
   * @param saving of those whose price is known
   * @param unpriced how many would save nobody knows what
   * @param unjudged how many there was no time to ask about; of them nothing is counted
   */
  public record Evaluation(
      int findings,
      Map<String, Integer> counts,
      Money saving,
      int unpriced,
      int unjudged,
      List<Verdict> items) {}

  /** What would happen to one finding, and why. */
  public record Verdict(
      String finding,
      String check,
      String resource,
      String region,
      String action,
      Policy.Effect effect,
      @Nullable Money saving,
      List<Ruling.Reason> reasons) {}

  public List<Operation> operations() {
    return List.of(
        on("GET", "/governance/policies", "governance", READ, "The policies in force")
            .gives(Shape.PAGE, PolicyView.class)
            .query("limit", "after")
            .handle(this::list),
        on("POST", "/governance/policies", "governance", WRITE, "Make a policy")
            .takes(PolicyBody.class)
            .gives(PolicyView.class)
            .answers(201, 422)
            .handle(this::create),
        on("GET", "/governance/policies/{id}", "governance", READ, "A policy, or an older version")
            .gives(PolicyView.class)
            .query("version")
            .answers(200, 404)
            .handle(this::one),
        on(
                "GET",
                "/governance/policies/{id}/versions",
                "governance",
                READ,
                "Its versions, newest first")
            .gives(Shape.PAGE, PolicyView.class)
            .query("limit", "after")
            .answers(200, 404)
            .handle(this::versions),
        on(
                "PUT",
                "/governance/policies/{id}",
                "governance",
                WRITE,
                "Make a new version of a policy")
            .takes(PolicyBody.class)
            .gives(PolicyView.class)
            .answers(200, 404, 409, 422)
            .handle(this::change),
        on("DELETE", "/governance/policies/{id}", "governance", WRITE, "Take a policy out of force")
            .gives(PolicyView.class)
            .answers(200, 404)
            .handle(this::remove),
        on(
                "POST",
                "/governance/policies/{id}/evaluate",
                "governance",
                READ,
                "What it would say of the open findings, and why; nothing happens")
            .takes(Trial.class)
            .gives(Evaluation.class)
            .answers(200, 404, 422)
            .handle(this::evaluate));
  }

  private Reply list(Request request) {
    return Reply.ok(
        PageOf.sort(request, request.own().all(Tables.POLICIES), p -> p.name() + "/" + p.id())
            .map(PolicyOperations::view));
  }

  private Reply create(Request request) {
    PolicyBody body = request.body(PolicyBody.class);
    List<Policy.Rule> rules = checked(request, body);
    return request.once(t -> {
      Policy policy =
          keep(
              t,
              new Policy(
                  PolicyId.from(office.ids()),
                  request.organization(),
                  1,
                  body.name(),
                  body.description() == null ? "" : body.description(),
                  body.enabled() == null || body.enabled(),
                  rules,
                  request.principal().username(),
                  office.clock().instant()));
      return Reply.of(201, view(policy));
    });
  }

  private List<Policy.Rule> checked(Request request, PolicyBody body) {
    List<Policy.Rule> rules = PolicyBodies.rules(body);
    List<Violation> violations = violations(request, rules);
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    return rules;
  }

  /** A hundred conditions take a while to compile, even though none of them is asked. */
  private List<Violation> violations(Request request, List<Policy.Rule> rules) {
    return judges.trial(request.organization(), () -> CompiledPolicy.violations(rules));
  }

  private Policy keep(Transaction t, Policy policy) {
    t.put(Tables.POLICIES, policy);
    t.put(Tables.POLICY_VERSIONS, policy);
    audit(t, policy, "policy.changed", policy.author());
    return policy;
  }

  private void audit(Transaction t, Policy policy, String what, String who) {
    office
        .audit()
        .append(
            t,
            policy.organization(),
            who,
            what,
            policy.id().value(),
            Map.of(
                "name", policy.name(),
                "version", Integer.toString(policy.version()),
                "enabled", Boolean.toString(policy.enabled()),
                "rules", Canonical.sha256(Canonical.text(policy.rules()))),
            office.clock().instant());
  }

  private static Policy find(Own own, Request request) {
    return own.get(Tables.POLICIES, request.path("id"));
  }

  private Reply one(Request request) {
    Own own = request.own();
    Policy policy = find(own, request);
    if (request.query("version").isEmpty()) return Reply.ok(view(policy));
    int version = request.number("version", 0, 1, 1_000_000);
    return Reply.ok(view(own.get(Tables.POLICY_VERSIONS, Policy.versionKey(policy.id(), version))));
  }

  private Reply versions(Request request) {
    Own own = request.own();
    Policy policy = find(own, request);
    return Reply.ok(
        PageOf.sort(
                request,
                IntStream.rangeClosed(1, policy.version())
                    .mapToObj(v -> Policy.versionKey(policy.id(), v))
                    .flatMap(key -> own.find(Tables.POLICY_VERSIONS, key).stream()),
                p -> String.format(java.util.Locale.ROOT, "%07d", 1_000_000 - p.version()))
            .map(PolicyOperations::view));
  }

  private Reply change(Request request) {
    find(request.own(), request);
    PolicyBody body = request.body(PolicyBody.class);
    List<Policy.Rule> rules = checked(request, body);
    return request.once(t -> {
      Policy before = find(request.own(t), request);
      if (body.version() != null && body.version() != before.version())
        throw Problem.of(
            Problem.Type.CONFLICT,
            "the policy is at version " + before.version() + " already; read it and change that");
      return Reply.ok(
          view(
              keep(
                  t,
                  new Policy(
                      before.id(),
                      before.organization(),
                      before.version() + 1,
                      body.name(),
                      body.description() == null ? before.description() : body.description(),
                      body.enabled() == null ? before.enabled() : body.enabled(),
                      rules,
                      request.principal().username(),
                      office.clock().instant()))));
    });
  }

  /** Its versions stay: what was asked under them keeps them. */
  private Reply remove(Request request) {
    return Reply.ok(
        store.write(t -> {
          Policy policy = find(request.own(t), request);
          t.remove(Tables.POLICIES, policy.id().value());
          audit(t, policy, "policy.removed", request.principal().username());
          return view(policy);
        }));
  }

  private Reply evaluate(Request request) {
    Own own = request.own();
    Policy kept = find(own, request);
    Trial trial = request.body(Trial.class);
    List<Policy.Rule> rules =
        trial.rules() == null ? kept.rules() : trial.rules().stream().map(RuleBody::rule).toList();
    List<Violation> violations = new ArrayList<>(violations(request, rules));
    int limit = trial.limit() == null ? 100 : trial.limit();
    if (limit < 0 || limit > 1_000)
      violations.add(new Violation("limit", "must be from 0 to 1000"));
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    Policy tried = kept.trying(rules);
    return Reply.ok(
        judges.trial(
            request.organization(),
            () -> evaluate(own, request, CompiledPolicy.of(tried), trial.action(), limit)));
  }

  private Evaluation evaluate(
      Own own, Request request, CompiledPolicy policy, @Nullable String action, int limit) {
    Budget budget = Budget.ofTrial();
    int unjudged = 0;
    Estates estates = new Estates(own.state());
    Planner planner = new Planner(office.prices());
    Map<String, Integer> counts = new TreeMap<>();
    List<Verdict> items = new ArrayList<>();
    MoneySum saving = MoneySum.NONE;
    int findings = 0;
    for (Finding finding : Scope.open(own.all(Tables.FINDINGS)).toList()) {
      Optional<String> what = action(finding, action);
      Optional<Account> account = own.find(Tables.ACCOUNTS, finding.account().value());
      Optional<Resource> resource =
          estates.find(finding.account(), finding.kind(), finding.region(), finding.resource());
      if (what.isEmpty() || account.isEmpty() || resource.isEmpty()) continue;
      if (budget.isSpent()) {
        unjudged++;
        continue;
      }
      Planner.Item item =
          new Planner.Item(
              "",
              resource.get(),
              finding,
              what.get(),
              Map.of(),
              estates.beside(finding.account(), resource.get()));
      Optional<Plan> planned = planner.possible(account.get(), item);
      if (planned.isEmpty()) continue;
      Plan plan = planned.get();
      Ruling ruling =
          PolicyEngine.rule(
              List.of(policy),
              new PolicyEngine.Question(
                  account.get(),
                  plan,
                  request.principal().username(),
                  step -> new PolicyEngine.Subject(finding, resource.get()),
                  null,
                  office.clock().instant()),
              budget);
      if (budget.isSpent()) {
        unjudged++;
        continue;
      }
      findings++;
      counts.merge(ruling.effect().name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
      Money saves = plan.steps().getFirst().saving();
      saving = saving.plus(saves);
      if (items.size() < limit)
        items.add(verdict(finding, what.get(), ruling, saves));
    }
    return new Evaluation(findings, counts, saving.amount(), saving.unpriced(), unjudged, items);
  }

  private static Verdict verdict(
      Finding finding, String action, Ruling ruling, @Nullable Money saves) {
    return new Verdict(
        finding.id().value(),
        finding.check(),
        finding.resource(),
        finding.region(),
        action,
        ruling.effect(),
        saves,
        ruling.reasons());
  }

  /** The action asked about, where the finding's check offers it; else the check's first. */
  private static Optional<String> action(Finding finding, @Nullable String wanted) {
    return Catalogue.check(finding.check())
        .map(WasteCheck::remediations)
        .flatMap(offered ->
            offered.stream().filter(a -> wanted == null || wanted.equals(a)).findFirst());
  }

  private static PolicyView view(Policy p) {
    return new PolicyView(
        p.id().value(),
        p.version(),
        p.name(),
        p.description(),
        p.enabled(),
        p.rules(),
        p.author(),
        p.at());
  }
}
