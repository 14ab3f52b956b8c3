package dev.steward.api.governance;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.HttpJson;
import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
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
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies: written by admins, read by everybody whom they bind. */
public final class PolicyOperations {
  private static final Access READ = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);
  private static final Access WRITE = Access.roles(Role.ADMIN);
  private final Office office;
  private final Judges judges;

  public PolicyOperations(Office office, Judges judges) {
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

  private static final QueryParameter<Integer> VERSION =
      QueryParameter.number("version", 1, 1_000_000).means("an older one");
  private static final Sorts<Policy> SORTS =
      Sorts.<Policy>of(Policy::id).text("name", Policy::name).time("at", Policy::at);
  private static final Sorts<Policy> VERSIONS =
      Sorts.<Policy>of(Policy::version)
          .number("version", policy -> (long) policy.version())
          .first("-version");

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/governance/policies", "governance", READ, "The policies in force")
            .list(PolicyView.class, SORTS)
            .paged(Tables.POLICIES, PolicyOperations::view),
        on("POST", "/governance/policies", "governance", WRITE, "Make a policy")
            .takes(PolicyBody.class)
            .gives(PolicyView.class)
            .makes("/governance/policies/{id}", PolicyView::id)
            .once(
                call -> checked(call, call.body()),
                (call, t, rules) -> view(keep(t, made(call, rules)))),
        on("GET", "/governance/policies/{id}", "governance", READ, "A policy, or an older version")
            .gives(PolicyView.class)
            .reads(VERSION)
            .refuses(404)
            .answers(PolicyOperations::one),
        on(
                "GET",
                "/governance/policies/{id}/versions",
                "governance",
                READ,
                "Its versions, newest first")
            .refuses(404)
            .list(PolicyView.class, VERSIONS)
            .paged(PolicyOperations::versions, (own, policy) -> view(policy)),
        on(
                "PUT",
                "/governance/policies/{id}",
                "governance",
                WRITE,
                "Make a new version of a policy")
            .about(request -> find(request.own(), request))
            .takes(PolicyBody.class)
            .gives(PolicyView.class)
            .refuses(404, 409)
            .once(
                call -> checked(call, call.body()),
                (call, t, rules) -> view(keep(t, changed(call, find(call.own(t), call), rules)))),
        on("DELETE", "/governance/policies/{id}", "governance", WRITE, "Take a policy out of force")
            .gives(PolicyView.class)
            .refuses(404)
            .writes(this::remove),
        on(
                "POST",
                "/governance/policies/{id}/evaluate",
                "governance",
                READ,
                "What it would say of the open findings, and why; nothing happens")
            .about(request -> find(request.own(), request))
            .takes(Trial.class)
            .gives(Evaluation.class)
            .refuses(404)
            .repeatable("nothing happens")
            .answers(this::evaluate));
  }

  private Policy made(Invocation<PolicyBody> call, List<Policy.Rule> rules) {
    PolicyBody body = call.body();
    return new Policy(
        PolicyId.from(office.ids()),
        call.organization(),
        1,
        body.name(),
        body.description() == null ? "" : body.description(),
        body.enabled() == null || body.enabled(),
        rules,
        call.principal().username(),
        office.clock().instant());
  }

  private List<Policy.Rule> checked(Request request, PolicyBody body) {
    List<Policy.Rule> rules = PolicyBodies.rules(body);
    // A hundred conditions take a while to compile, even though none of them is asked.
    List<Violation> violations =
        judges.trial(request.organization(), () -> CompiledPolicy.violations(rules));
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    return rules;
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

  private static PolicyView one(Invocation<Nothing> call) {
    Own own = call.own();
    Policy policy = find(own, call);
    return view(
        call.find(VERSION)
            .map(
                version -> own.get(Tables.POLICY_VERSIONS, Policy.versionKey(policy.id(), version)))
            .orElse(policy));
  }

  private static Stream<Policy> versions(Own own, Request request) {
    Policy policy = find(own, request);
    return IntStream.rangeClosed(1, policy.version())
        .mapToObj(v -> Policy.versionKey(policy.id(), v))
        .flatMap(key -> own.find(Tables.POLICY_VERSIONS, key).stream());
  }

  private Policy changed(Invocation<PolicyBody> call, Policy before, List<Policy.Rule> rules) {
    PolicyBody body = call.body();
    if (body.version() != null && body.version() != before.version())
      throw Problem.of(
          Problem.Type.CONFLICT,
          "the policy is at version " + before.version() + " already; read it and change that");
    return new Policy(
        before.id(),
        before.organization(),
        before.version() + 1,
        body.name(),
        body.description() == null ? before.description() : body.description(),
        body.enabled() == null ? before.enabled() : body.enabled(),
        rules,
        call.principal().username(),
        office.clock().instant());
  }

  /** Its versions stay: what was asked under them keeps them. */
  private PolicyView remove(Request request, Transaction t) {
    Policy policy = find(request.own(t), request);
    t.remove(Tables.POLICIES, policy.id().value());
    audit(t, policy, "policy.removed", request.principal().username());
    return view(policy);
  }

  private Evaluation evaluate(Invocation<Trial> request) {
    Own own = request.own();
    Policy kept = find(own, request);
    Trial trial = request.body();
    List<Policy.Rule> rules =
        trial.rules() == null ? kept.rules() : trial.rules().stream().map(RuleBody::rule).toList();
    int limit = trial.limit() == null ? 100 : trial.limit();
    Policy tried = kept.trying(rules);
    return judges.trial(
        request.organization(),
        () -> {
          CompiledPolicy policy = CompiledPolicy.of(tried);
          List<Violation> violations = new ArrayList<>(policy.violations());
          if (limit < 0 || limit > 1_000)
            violations.add(new Violation("limit", "must be from 0 to 1000"));
          if (!violations.isEmpty()) throw Problem.invalid(violations);
          return evaluate(own, request, policy, trial.action(), limit);
        });
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
      counts.merge(HttpJson.name(ruling.effect()), 1, Integer::sum);
      Money saves = plan.steps().getFirst().saving();
      saving = saving.plus(saves);
      if (items.size() < limit) items.add(verdict(finding, what.get(), ruling, saves));
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

  /** The action asked about, where the finding offers it; else its first. */
  private static Optional<String> action(Finding finding, @Nullable String wanted) {
    return Catalogue.offered(finding).stream()
        .filter(a -> wanted == null || wanted.equals(a))
        .findFirst();
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
