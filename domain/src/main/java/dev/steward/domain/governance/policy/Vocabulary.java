package dev.steward.domain.governance.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Timestamp;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.steward.estate.Owners;
import dev.steward.model.Account;
import dev.steward.model.Finding;
import dev.steward.model.Money;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a condition may ask about, each name with its type, and the values of a step. A name that
 * has nothing to say is empty; one that nobody knows (an age, a price, the tags of a resource that
 * is not in the inventory) is absent, and asking for it is an error, which means no.
 */
final class Vocabulary {
  private static final MapType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);
  private static final List<StructType> OBJECTS =
      List.of(
          object(
              "finding",
              Map.of(
                  "check", SimpleType.STRING,
                  "saving", SimpleType.DOUBLE,
                  "confidence", SimpleType.STRING,
                  "age_days", SimpleType.DOUBLE,
                  "evidence", TEXTS)),
          object(
              "resource",
              Map.of(
                  "id", SimpleType.STRING,
                  "kind", SimpleType.STRING,
                  "region", SimpleType.STRING,
                  "name", SimpleType.STRING,
                  "state", SimpleType.STRING,
                  "tags", TEXTS,
                  "attributes", TEXTS,
                  "managed_by", SimpleType.STRING,
                  "age_days", SimpleType.DOUBLE)),
          object(
              "account",
              Map.of(
                  "id", SimpleType.STRING,
                  "aws_account", SimpleType.STRING,
                  "name", SimpleType.STRING,
                  "environment", SimpleType.STRING,
                  "tags", TEXTS)),
          object(
              "plan",
              Map.of(
                  "steps", SimpleType.INT,
                  "monthly_saving", SimpleType.DOUBLE,
                  "unpriced", SimpleType.INT,
                  "risk", SimpleType.STRING,
                  "undoable", SimpleType.BOOL,
                  "requester", SimpleType.STRING)),
          object(
              "step",
              Map.of(
                  "number", SimpleType.INT,
                  "action", SimpleType.STRING,
                  "risk", SimpleType.STRING,
                  "saving", SimpleType.DOUBLE,
                  "undoable", SimpleType.BOOL,
                  "parameters", TEXTS)));

  /** Why a name may be absent. */
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "saving", "its price is not known",
          "monthly_saving", "the price of a step is not known",
          "age_days", "its age is not known",
          "tags", "its tags could not be read, or it is not in the inventory",
          "attributes", "it is not in the inventory, so its attributes are not known");

  private Vocabulary() {}

  private static StructType object(String name, Map<String, CelType> fields) {
    ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
    return StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
  }

  /** Whether some object has texts by name under this field. */
  static boolean isTexts(String field) {
    return OBJECTS.stream()
        .anyMatch(o -> o.findField(field).filter(f -> f.type().equals(TEXTS)).isPresent());
  }

  /** The objects, by name; their types have the same names. */
  static Map<String, CelType> variables() {
    Map<String, CelType> variables = new LinkedHashMap<>();
    for (StructType object : OBJECTS) variables.put(object.name(), object);
    variables.put("time", SimpleType.TIMESTAMP);
    return variables;
  }

  static CelTypeProvider types() {
    return new CelTypeProvider() {
      @Override
      public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(OBJECTS);
      }

      @Override
      public Optional<CelType> findType(String name) {
        return types().stream().filter(t -> t.name().equals(name)).findFirst();
      }
    };
  }

  /** An error of an evaluation, with why the value that it misses is missing, where we know it. */
  static String explained(String error) {
    return UNKNOWN.entrySet().stream()
        .filter(e -> error.contains("key '" + e.getKey() + "' is not present"))
        .findFirst()
        .map(e -> error + " (" + e.getKey() + ": " + e.getValue() + ")")
        .orElse(error);
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
    world.put("plan", plan(plan, requester));
    world.put(
        "time",
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build());
    return world;
  }

  private static Map<String, Object> plan(Plan plan, String requester) {
    Map<String, Object> map = new HashMap<>();
    map.put("steps", (long) plan.steps().size());
    map.put("risk", lower(plan.risk()));
    map.put("undoable", plan.undoable());
    map.put("requester", requester);
    money(map, "monthly_saving", plan.unpriced() == 0 ? plan.monthlySaving() : null);
    map.put("unpriced", (long) plan.unpriced());
    return map;
  }

  /** The world of one step. */
  static Map<String, Object> world(
      Map<String, Object> common,
      PlanStep step,
      @Nullable Finding finding,
      @Nullable Resource resource,
      Instant now) {
    Map<String, Object> world = new HashMap<>(common);
    Map<String, Object> map = new HashMap<>();
    map.put("number", (long) step.number());
    map.put("action", step.action());
    map.put("risk", lower(step.risk()));
    map.put("undoable", step.undoable());
    map.put("parameters", step.parameters());
    money(map, "saving", step.saving());
    world.put("step", map);
    world.put("finding", finding(finding, now));
    world.put("resource", resource(step, resource, now));
    return world;
  }

  private static Map<String, Object> finding(@Nullable Finding finding, Instant now) {
    if (finding == null) return Map.of("check", "", "confidence", "", "evidence", Map.of());
    Map<String, Object> map = new HashMap<>();
    map.put("check", finding.check());
    map.put("confidence", lower(finding.confidence()));
    map.put("age_days", days(finding.firstSeen(), now));
    Map<String, String> evidence = new HashMap<>();
    finding.evidence().forEach((name, fact) -> evidence.put(name, fact.toString()));
    map.put("evidence", evidence);
    money(map, "saving", finding.saving());
    return map;
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
    map.put("managed_by", String.join(", ", owners(step, resource)));
    if (resource == null) return map;
    if (resource.tagsKnown()) map.put("tags", resource.tags());
    map.put("attributes", resource.attributes());
    Instant created = resource.createdAt();
    if (created != null) map.put("age_days", days(created, now));
    return map;
  }

  /** Who looks after the resource, as the plan says and as it was seen since. */
  static Set<String> owners(PlanStep step, @Nullable Resource resource) {
    Set<String> owners = new TreeSet<>(step.managedBy());
    if (resource != null) owners.addAll(Owners.of(resource));
    return owners;
  }

  private static void money(Map<String, Object> map, String name, @Nullable Money amount) {
    if (amount != null) map.put(name, amount.dollars().doubleValue());
  }

  private static double days(Instant from, Instant now) {
    return Duration.between(from, now).toSeconds() / 86_400.0;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
