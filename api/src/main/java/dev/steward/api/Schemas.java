package dev.steward.api;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import dev.steward.model.Fact;
import dev.steward.model.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The records of requests and answers as JSON Schema: each once, by its name. */
final class Schemas {
  private static final String PLACE = "components/schemas";

  /** Behind the name of what the generator makes beside a record that may be null. */
  private static final String OR_NULL = "-nullable";

  private final Set<Class<?>> read = new HashSet<>();
  private final Set<Class<?>> closed = new HashSet<>();
  private final SchemaBuilder schemas;

  /**
   * @param operations whose bodies are described as the binder reads them
   */
  Schemas(List<? extends Operation<?, ?>> operations) {
    for (Operation<?, ?> operation : operations)
      switch (operation.takes()) {
        case Takes.Json<?> json -> collect(json.type(), json.closed());
        case Takes.Asked<?> asked -> collect(asked.type(), false);
        case Takes.None none -> {}
        case Takes.Bytes bytes -> {}
      }
    this.schemas = new SchemaGenerator(config().build()).buildMultipleSchemaDefinitions();
  }

  private void collect(Type type, boolean isClosed) {
    if (type instanceof ParameterizedType generic)
      for (Type argument : generic.getActualTypeArguments()) collect(argument, isClosed);
    else if (type instanceof Class<?> record && record.isRecord() && read.add(record)) {
      if (isClosed) closed.add(record);
      for (RecordComponent component : record.getRecordComponents())
        collect(component.getGenericType(), isClosed);
    }
  }

  /** A reference to the record, or what a simple type is. */
  ObjectNode of(Type type) {
    return schemas.createSchemaReference(type);
  }

  /**
   * All that was referred to, each under one name: where it may be null is said there. Nothing may
   * be asked for after that.
   */
  ObjectNode all() {
    ObjectNode all = schemas.collectDefinitions(PLACE);
    Map<String, ObjectNode> twins = new HashMap<>();
    for (Map.Entry<String, JsonNode> schema : all.properties())
      if (schema.getKey().endsWith(OR_NULL) && schema.getValue() instanceof ObjectNode twin)
        twins.put("#/" + PLACE + "/" + schema.getKey(), twin);
    all.remove(
        all.properties().stream().map(Map.Entry::getKey).filter(n -> n.endsWith(OR_NULL)).toList());
    for (JsonNode holder : all.findParents("$ref")) {
      ObjectNode twin = twins.get(holder.path("$ref").asText());
      if (twin != null) {
        ((ObjectNode) holder).remove("$ref");
        ((ObjectNode) holder).setAll(twin.deepCopy());
      }
    }
    return all;
  }

  private SchemaGeneratorConfigBuilder config() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
            HttpJson.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
    config.with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.FLATTENED_ENUMS);
    config
        .forFields()
        .withPropertyNameOverrideResolver(
            field -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName()))
        .withRequiredCheck(field -> !isNullable(field))
        .withNullableCheck(Schemas::isNullable)
        .withDescriptionResolver(Schemas::otherNames)
        .withStringMinLengthResolver(field -> bound(field, true, rule -> rule.min()))
        .withStringMaxLengthResolver(field -> longest(field, true))
        .withArrayMinItemsResolver(field -> bound(field, false, rule -> rule.min()))
        .withArrayMaxItemsResolver(field -> longest(field, false))
        .withInstanceAttributeOverride((node, field, context) ->
            rule(field)
                .map(Rule::example)
                .filter(example -> !example.isEmpty() && isText(field))
                .ifPresent(example -> node.putArray("examples").add(example)))
        .withStringPatternResolver(field ->
            rule(field)
                .map(Rule::pattern)
                .filter(pattern -> !pattern.isEmpty() && isText(field))
                .map(pattern -> "^" + pattern + "$")
                .orElse(null));
    config
        .forTypesInGeneral()
        .withAdditionalPropertiesResolver((scope, context) ->
            closed.contains(scope.getType().getErasedType())
                ? context.getGeneratorConfig().createObjectNode().booleanNode(false)
                : null)
        .withDefinitionNamingStrategy(new Names())
        .withCustomDefinitionProvider((type, context) ->
            type.isInstanceOf(Map.class)
                ? map(type, context)
                : simple(type.getErasedType(), context));
    return config;
  }

  private static boolean isText(FieldScope field) {
    return field.getType().getErasedType() == String.class;
  }

  private static boolean isList(FieldScope field) {
    return List.class.isAssignableFrom(field.getType().getErasedType());
  }

  private static Optional<Rule> rule(FieldScope field) {
    return component(field).map(component -> component.getAnnotation(Rule.class));
  }

  private static Optional<RecordComponent> component(FieldScope field) {
    if (field.isFakeContainerItemScope()) return Optional.empty();
    Class<?> in = field.getDeclaringType().getErasedType();
    RecordComponent[] components = in.getRecordComponents();
    return components == null
        ? Optional.empty()
        : Stream.of(components)
            .filter(c -> c.getName().equals(field.getDeclaredName()))
            .findFirst();
  }

  private @Nullable Integer bound(
      FieldScope field, boolean ofTexts, Function<Rule, Integer> which) {
    if (ofTexts ? !isText(field) : !isList(field)) return null;
    return rule(field).map(which).filter(bound -> bound > 0).orElse(null);
  }

  private @Nullable Integer longest(FieldScope field, boolean ofTexts) {
    if (ofTexts ? !isText(field) : !isList(field)) return null;
    if (field.isFakeContainerItemScope()) return null;
    if (!read.contains(field.getDeclaringType().getErasedType())) return null;
    return rule(field).map(Rule::max).orElse(Rule.USUAL);
  }

  private static @Nullable String otherNames(FieldScope field) {
    return component(field)
        .map(Binder::aliases)
        .filter(aliases -> !aliases.isEmpty())
        .map(aliases -> "Also read as " + String.join(" or ", aliases))
        .orElse(null);
  }

  private static boolean isNullable(FieldScope field) {
    return Arrays.stream(field.getRawMember().getAnnotatedType().getAnnotations())
        .anyMatch(a -> a.annotationType() == Nullable.class);
  }

  private static CustomDefinition map(ResolvedType type, SchemaGenerationContext context) {
    ObjectNode node = context.getGeneratorConfig().createObjectNode().put("type", "object");
    List<ResolvedType> of = type.typeParametersFor(Map.class);
    if (of.size() == 2 && of.get(1).getErasedType() != Object.class)
      node.set("additionalProperties", context.createDefinitionReference(of.get(1)));
    return new CustomDefinition(node, true);
  }

  private static @Nullable CustomDefinition simple(Class<?> type, SchemaGenerationContext context) {
    ObjectNode node = context.getGeneratorConfig().createObjectNode();
    if (type == Money.class) node.put("type", "number").put("description", "US dollars");
    else if (type == Fact.class)
      Stream.of("string", "number", "boolean").forEach(node.putArray("type")::add);
    else if (type == Instant.class) node.put("type", "string").put("format", "date-time");
    else if (type == LocalDate.class) node.put("type", "string").put("format", "date");
    else if (type.isEnum()) {
      ArrayNode names = node.put("type", "string").putArray("enum");
      HttpJson.constants(type).keySet().forEach(names::add);
    } else if (isOneText(type)) node.put("type", "string");
    else return null;
    return new CustomDefinition(node, true);
  }

  /** An id is written as its text. */
  private static boolean isOneText(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .anyMatch(m -> m.isAnnotationPresent(JsonValue.class) && m.getReturnType() == String.class);
  }

  /** A record's own name, with that of the class around it where two are called alike. */
  private static final class Names implements SchemaDefinitionNamingStrategy {
    @Override
    public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
      return key.getType().getErasedType().getSimpleName();
    }

    @Override
    public void adjustDuplicateNames(
        Map<DefinitionKey, String> alike, SchemaGenerationContext context) {
      alike.replaceAll((key, name) -> {
        Class<?> around = key.getType().getErasedType().getEnclosingClass();
        return around == null ? name : around.getSimpleName() + name;
      });
    }
  }
}
