package dev.steward.governance.policy;

import com.google.protobuf.Timestamp;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.steward.model.Account;
import dev.steward.model.Finding;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.waste.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * CEL (Common Expression Language) over what a policy may ask about. Every documented name is
 * always there, empty where it has nothing to say, so that only a wrong name is an error; and an
 * error means no.
 */
final class Conditions {
  static final int LONGEST = 2_000;
  private static final CelOptions OPTIONS =
      CelOptions.current().comprehensionMaxIterations(10_000).build();
  private static final MapType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("finding", OBJECT)
          .addVar("resource", OBJECT)
          .addVar("account", OBJECT)
          .addVar("plan", OBJECT)
          .addVar("step", OBJECT)
          .addVar("time", SimpleType.TIMESTAMP)
          .setResultType(SimpleType.BOOL)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private Conditions() {}

  /** A condition that was compiled. */
  @FunctionalInterface
  interface Condition {
    /**
     * @throws ConditionException if it has no answer
     */
    boolean holds(Map<String, Object> world) throws ConditionException;
  }

  /** The condition has no answer, or cannot be compiled; every reason with line and column. */
  static final class ConditionException extends Exception {
    private static final long serialVersionUID = 1;

    ConditionException(String message) {
      super(message);
    }
  }

  static Condition compile(String expression) throws ConditionException {
    if (expression.length() > LONGEST)
      throw new ConditionException("must have at most " + LONGEST + " characters");
    CelValidationResult result = COMPILER.compile(expression);
    if (result.hasError()) {
      List<String> errors = new ArrayList<>();
      for (CelIssue issue : result.getErrors())
        errors.add(
            "line "
                + issue.getSourceLocation().getLine()
                + ", column "
                + (issue.getSourceLocation().getColumn() + 1)
                + ": "
                + issue.getMessage());
      throw new ConditionException(String.join("; ", errors));
    }
    try {
      CelRuntime.Program program = RUNTIME.createProgram(result.getAst());
      return world -> {
        try {
          return Boolean.TRUE.equals(program.eval(world));
        } catch (CelEvaluationException e) {
          throw new ConditionException(String.valueOf(e.getMessage()));
        }
      };
    } catch (CelValidationException | CelEvaluationException e) {
      throw new ConditionException(String.valueOf(e.getMessage()));
    }
  }

  /** What all steps of a plan have in common. */
  static Map<String, Object> world(Account account, Plan plan, String requester, Instant now) {
    Map<String, Object> world = new HashMap<>();
    world.put(
        "account",
        Map.of(
            "id", account.id().value(),
            "aws_account", account.awsAccount().value(),
            "name", account.name(),
            "environment", account.environment(),
            "tags", account.tags()));
    world.put(
        "plan",
        Map.of(
            "steps", (long) plan.steps().size(),
            "monthly_saving", plan.monthlySaving().dollars().doubleValue(),
            "risk", lower(plan.risk()),
            "undoable", plan.undoable(),
            "requester", requester));
    world.put(
        "time",
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build());
    return world;
  }

  /** The world of one step. */
  static Map<String, Object> world(
      Map<String, Object> common,
      PlanStep step,
      @Nullable Finding finding,
      @Nullable Resource resource,
      Instant now) {
    Map<String, Object> world = new HashMap<>(common);
    world.put(
        "step",
        Map.of(
            "number", (long) step.number(),
            "action", step.action(),
            "risk", lower(step.risk()),
            "saving", step.saving().dollars().doubleValue(),
            "undoable", step.undoable(),
            "parameters", step.parameters()));
    world.put("finding", finding(finding, now));
    world.put("resource", resource(step, resource, now));
    return world;
  }

  private static Map<String, Object> finding(@Nullable Finding finding, Instant now) {
    if (finding == null)
      return Map.of(
          "check", "", "saving", 0.0, "confidence", "", "age_days", 0.0, "evidence", Map.of());
    return Map.of(
        "check", finding.check(),
        "saving", finding.saving().dollars().doubleValue(),
        "confidence", lower(finding.confidence()),
        "age_days", days(finding.firstSeen(), now),
        "evidence", finding.evidence());
  }

  private static Map<String, Object> resource(
      PlanStep step, @Nullable Resource resource, Instant now) {
    Map<String, Object> map = new HashMap<>();
    map.put("id", step.resource());
    map.put("kind", step.kind());
    map.put("region", step.region());
    map.put("name", step.name() == null ? "" : step.name());
    String state = resource == null ? step.before().get("state") : resource.state();
    map.put("state", state == null ? "" : state);
    // Who asks for tags that nobody knows gets an error, and an error is a no.
    if (resource == null || resource.tagsKnown())
      map.put("tags", resource == null ? Map.of() : resource.tags());
    map.put("managed_by", String.join(", ", owners(step, resource)));
    map.put("attributes", resource == null ? Map.of() : resource.attributes());
    Instant created = resource == null ? null : resource.createdAt();
    map.put("age_days", created == null ? 0.0 : days(created, now));
    return map;
  }

  /** Who looks after the resource, as the plan says and as it was seen since. */
  static Set<String> owners(PlanStep step, @Nullable Resource resource) {
    Set<String> owners = new TreeSet<>(step.managedBy());
    if (resource != null) owners.addAll(Owners.of(resource));
    return owners;
  }

  private static double days(Instant from, Instant now) {
    return Duration.between(from, now).toSeconds() / 86_400.0;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
