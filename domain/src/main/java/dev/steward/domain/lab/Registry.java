package dev.steward.domain.lab;

import dev.steward.model.ModelVersion;
import dev.steward.model.ModelVersion.Stage;
import dev.steward.model.ModelVersionBuilder;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.RegisteredModel;
import dev.steward.model.RegisteredModelBuilder;
import dev.steward.model.RunId;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names for models, and their versions. Whatever is another organization's is not there. */
public final class Registry {
  /** What only promotion sets: these say what is served. */
  private static final Set<String> GOVERNED = Set.of("champion", "shadow");

  private final InstantSource clock;

  public Registry(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @throws dev.steward.model.ProblemException CONFLICT if the name is taken
   */
  public RegisteredModel create(
      Transaction t,
      OrganizationId organization,
      String name,
      String description,
      Map<String, String> tags) {
    List<Violation> wrong = new ArrayList<>(Tracking.name("name", name));
    if (name.contains("/") || name.contains(":"))
      wrong.add(new Violation("name", "must not have / or :"));
    wrong.addAll(Tracking.entries("tags", tags));
    wrong.addAll(Tracking.entries("description", Map.of("text", description)));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    if (t.find(Tables.MODELS, RegisteredModel.key(organization, name)).isPresent())
      throw Problem.of(Problem.Type.CONFLICT, "there is a registered model of this name");
    Instant now = clock.instant();
    return t.put(
        Tables.MODELS,
        new RegisteredModel(organization, name, description, tags, Map.of(), 0, now, now));
  }

  public static RegisteredModel model(Own own, String name) {
    return own.get(Tables.MODELS, RegisteredModel.key(own.organization(), name));
  }

  public static ModelVersion version(Own own, String name, int version) {
    return own.get(Tables.MODEL_VERSIONS, ModelVersion.key(own.organization(), name, version));
  }

  public static Stream<ModelVersion> versions(Own own, String name) {
    return own.under(
        Tables.MODELS, RegisteredModel.key(own.organization(), name), Tables.MODEL_VERSIONS);
  }

  public ModelVersion version(
      Transaction t,
      RegisteredModel model,
      String source,
      @Nullable RunId run,
      String description,
      Map<String, String> tags,
      String user) {
    List<Violation> wrong = new ArrayList<>(Tracking.entries("tags", tags));
    wrong.addAll(Tracking.entries("source", Map.of("text", source)));
    wrong.addAll(Tracking.entries("description", Map.of("text", description)));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    Instant now = clock.instant();
    int number = model.versions() + 1;
    t.put(
        Tables.MODELS,
        RegisteredModelBuilder.builder(model).versions(number).updatedAt(now).build());
    return t.put(
        Tables.MODEL_VERSIONS,
        ModelVersionBuilder.builder()
            .organization(model.organization())
            .name(model.name())
            .version(number)
            .source(source)
            .run(run)
            .description(description)
            .tags(tags)
            .stage(Stage.CANDIDATE)
            .user(user)
            .createdAt(now)
            .updatedAt(now)
            .build());
  }

  /** What is said of a model. */
  public RegisteredModel describe(
      Transaction t, RegisteredModel model, String description, Map<String, String> tags) {
    List<Violation> wrong = new ArrayList<>(Tracking.entries("tags", tags));
    wrong.addAll(Tracking.entries("description", Map.of("text", description)));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return t.put(
        Tables.MODELS,
        RegisteredModelBuilder.builder(model)
            .description(description)
            .tags(tags)
            .updatedAt(clock.instant())
            .build());
  }

  /** What is said of a version. */
  public ModelVersion describe(
      Transaction t, ModelVersion version, String description, Map<String, String> tags) {
    List<Violation> wrong = new ArrayList<>(Tracking.entries("tags", tags));
    wrong.addAll(Tracking.entries("description", Map.of("text", description)));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return t.put(
        Tables.MODEL_VERSIONS,
        ModelVersionBuilder.builder(version)
            .description(description)
            .tags(tags)
            .updatedAt(clock.instant())
            .build());
  }

  public ModelVersion stage(Transaction t, ModelVersion version, Stage stage) {
    return t.put(
        Tables.MODEL_VERSIONS,
        ModelVersionBuilder.builder(version).stage(stage).updatedAt(clock.instant()).build());
  }

  /**
   * Points a name at a version, or at none.
   *
   * @throws dev.steward.model.ProblemException FORBIDDEN for an alias that only promotion sets
   */
  public RegisteredModel alias(
      Transaction t, RegisteredModel model, String alias, @Nullable Integer version) {
    if (GOVERNED.contains(alias))
      throw Problem.of(
          Problem.Type.FORBIDDEN,
          "the alias "
              + alias
              + " says what is served; it is set by promotion, which needs approval");
    return point(t, model, alias, version);
  }

  /** As {@link #alias}, for those who may. */
  public RegisteredModel point(
      Transaction t, RegisteredModel model, String alias, @Nullable Integer version) {
    List<Violation> wrong = Tracking.name("alias", alias);
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    Map<String, Integer> aliases = new TreeMap<>(model.aliases());
    if (version == null) aliases.remove(alias);
    else {
      version(t.own(model.organization()), model.name(), version);
      aliases.put(alias, version);
    }
    return t.put(
        Tables.MODELS,
        RegisteredModelBuilder.builder(model).aliases(aliases).updatedAt(clock.instant()).build());
  }

  /**
   * Deletes a model with its versions.
   *
   * @throws dev.steward.model.ProblemException CONFLICT while one of them is served
   */
  public void delete(Transaction t, RegisteredModel model) {
    requireUnserved(model, null);
    t.uproot(Tables.MODELS, model.key());
  }

  public void delete(Transaction t, RegisteredModel model, ModelVersion version) {
    requireUnserved(model, version.version());
    Map<String, Integer> aliases = new TreeMap<>(model.aliases());
    aliases.values().removeIf(v -> v == version.version());
    t.put(
        Tables.MODELS,
        RegisteredModelBuilder.builder(model).aliases(aliases).updatedAt(clock.instant()).build());
    t.remove(Tables.MODEL_VERSIONS, version.key());
  }

  private static void requireUnserved(RegisteredModel model, @Nullable Integer version) {
    for (String alias : GOVERNED) {
      Integer served = model.aliases().get(alias);
      if (served != null && (version == null || version.equals(served)))
        throw Problem.of(
            Problem.Type.CONFLICT,
            "version " + served + " is the " + alias + " and is being served");
    }
  }

  public static Filter.Subject subject(RegisteredModel model) {
    return (part, key) ->
        switch (part) {
          case TAGS -> tag(model.tags(), key);
          case ATTRIBUTES -> attribute(model, key);
          case METRICS, PARAMS, DATASETS -> null;
        };
  }

  private static @Nullable Object attribute(RegisteredModel model, String key) {
    return switch (key) {
      case "name" -> model.name();
      case "creation_timestamp" -> model.createdAt().toEpochMilli();
      case "last_updated_timestamp" -> model.updatedAt().toEpochMilli();
      default -> null;
    };
  }

  /** The client leaves prompts out by a tag that models do not have. */
  private static @Nullable String tag(Map<String, String> tags, String key) {
    return key.equals("mlflow.prompt.is_prompt") ? tags.getOrDefault(key, "false") : tags.get(key);
  }

  public static Filter.Subject subject(ModelVersion version) {
    return (part, key) ->
        switch (part) {
          case TAGS -> tag(version.tags(), key);
          case ATTRIBUTES -> attribute(version, key);
          case METRICS, PARAMS, DATASETS -> null;
        };
  }

  private static @Nullable Object attribute(ModelVersion version, String key) {
    return switch (key) {
      case "name" -> version.name();
      case "run_id" -> version.run() == null ? null : version.run().value();
      case "source_path", "source" -> version.source();
      case "version_number", "version" -> (long) version.version();
      case "creation_timestamp" -> version.createdAt().toEpochMilli();
      case "last_updated_timestamp" -> version.updatedAt().toEpochMilli();
      default -> null;
    };
  }
}
