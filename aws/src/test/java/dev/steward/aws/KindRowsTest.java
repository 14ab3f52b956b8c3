package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Attribute;
import dev.steward.estate.BatchedDetail;
import dev.steward.estate.Call;
import dev.steward.estate.Description;
import dev.steward.estate.Description.Again;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Parents;
import dev.steward.estate.Path;
import dev.steward.estate.RegionSetting;
import dev.steward.estate.Tags;
import dev.steward.estate.catalogue.Catalogue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;

/**
 * Every row of the catalogue against the SDK's own description of its operations: what it asks is a
 * parameter, and what it reads is a member. Without AWS, and without an emulator that may know less
 * than it should.
 */
final class KindRowsTest {
  /** A name that is no function, no key of what is made, and no text. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w'])([A-Za-z]\\w*)(?![\\w(]|\\s*:|')");

  static Stream<Kind> kinds() {
    return Stream.concat(
        Catalogue.KINDS.stream(), Stream.of(ClusterKinds.CLUSTERS, ClusterKinds.SERVICES));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isWhatTheServiceUnderstands(Kind kind) {
    Description how = kind.described();
    Map<String, Object> answer = Samples.answer(how.call());
    Paging paging = how.paging();
    asks(how.call(), how.ask().keySet());
    if (paging.isPaged()) {
      asks(how.call(), Set.of(paging.in()));
      if (paging.isSized()) asks(how.call(), Set.of(paging.size()));
      says(kind, answer, paging.out());
    }
    if (how.again() instanceof Again.Asked asked) asks(how.call(), Set.of(asked.parameter()));
    // What a filter leaves depends on values, which a sample does not have.
    List<?> items = Answers.list(how.items().replaceAll("\\[\\?.*\\]$", "[]"), answer);
    assertThat(items).as(how.items()).isNotEmpty();
    Map<String, Object> item = new HashMap<>();
    ((Map<?, ?>) items.getFirst()).forEach((name, value) -> item.put(name.toString(), value));
    if (how.parents() != null) item.put(Parents.PARENT, parent(kind, how.parents()));
    // What names alone are listed by is known of the attributes when all has been asked.
    Map<String, Object> listed = new HashMap<>(item);
    for (BatchedDetail batch : how.batches()) batch(kind, batch, item);
    for (Attribute<?> attribute : how.attributes())
      says(kind, listed, attribute.path().expression());
    if (how.place() != null) {
      says(kind, item, how.place().path());
      says(kind, detail(kind, how.place().otherwise(), item), how.place().answer().expression());
    }
    for (Detail detail : how.details()) {
      Object told = detail(kind, detail, item);
      for (Attribute<?> attribute : detail.attributes())
        says(kind, told, attribute.path().expression());
      ((Map<?, ?>) told).forEach((name, value) -> item.put(name.toString(), value));
    }
    for (Detail doubt : kind.doubts()) {
      Object told = detail(kind, doubt, Map.of("id", "x"));
      for (Attribute<?> attribute : doubt.attributes())
        says(kind, told, attribute.path().expression());
    }
    for (Path path : Stream.of(how.id(), how.name(), how.state(), how.created()).toList())
      if (path != null) says(kind, item, path.expression());
    tags(kind, kind.tags(), item);
    tags(kind, kind.tags().alone(), item);
    for (RegionSetting setting : kind.settings()) {
      says(kind, Samples.answer(setting.whether()), setting.isSet().expression());
      says(kind, Samples.answer(setting.what()), setting.value().expression());
    }
  }

  private static Object parent(Kind kind, Parents parents) {
    asks(parents.call(), parents.ask().keySet());
    asks(kind.described().call(), parents.gives().keySet());
    Map<String, Object> answer = Samples.answer(parents.call());
    if (parents.paging().isPaged()) {
      asks(parents.call(), Set.of(parents.paging().in()));
      if (parents.paging().isSized()) asks(parents.call(), Set.of(parents.paging().size()));
      says(kind, answer, parents.paging().out());
    }
    Object parent = Answers.list(parents.items(), answer).getFirst();
    parents.gives().values().forEach(path -> says(kind, parent, path.expression()));
    return parent;
  }

  private static void batch(Kind kind, BatchedDetail batch, Map<String, Object> item) {
    asks(batch.call(), batch.ask().keySet());
    asks(batch.call(), Set.of(batch.parameter()));
    batch.ask().values().forEach(path -> says(kind, item, path.expression()));
    says(kind, item, batch.name().expression());
    Map<String, Object> answer = Samples.answer(batch.call());
    if (!batch.gone().isEmpty()) says(kind, answer, batch.gone());
    Object one = Answers.list(batch.items(), answer).getFirst();
    says(kind, one, batch.key());
    for (Attribute<?> attribute : batch.attributes())
      says(kind, one, attribute.path().expression());
    ((Map<?, ?>) one).forEach((name, value) -> item.put(name.toString(), value));
  }

  private static Object detail(Kind kind, Detail detail, Map<String, Object> item) {
    asks(detail.call(), detail.ask().keySet());
    detail.ask().values().forEach(path -> says(kind, item, path.expression()));
    if (!detail.token().isEmpty()) asks(detail.call(), Set.of(detail.token()));
    Map<String, Object> answer = Samples.answer(detail.call());
    if (!detail.result().equals("@")) says(kind, answer, detail.result());
    return java.util.Objects.requireNonNull(Answers.at(detail.result(), answer));
  }

  private static void tags(Kind kind, Tags tags, Map<String, Object> item) {
    switch (tags) {
      case Tags.None _ -> {}
      case Tags.Listed listed -> says(kind, item, listed.path());
      case Tags.Asked asked -> {
        asks(asked.call(), asked.ask().keySet());
        asked.ask().values().forEach(path -> says(kind, item, path.expression()));
        Map<String, Object> answer = Samples.answer(asked.call());
        says(kind, answer, asked.path());
        if (!asked.token().isEmpty()) {
          asks(asked.call(), Set.of(asked.token()));
          says(kind, answer, asked.token());
        }
      }
      case Tags.Batched batched -> {
        asks(batched.call(), Set.of(batched.parameter()));
        says(kind, item, batched.name().expression());
        Object one = Answers.list(batched.items(), Samples.answer(batched.call())).getFirst();
        says(kind, one, batched.key());
        says(kind, one, batched.path());
        if (!batched.token().isEmpty()) says(kind, Samples.answer(batched.call()), batched.token());
      }
    }
  }

  private static void asks(Call call, Collection<String> parameters) {
    assertThat(Samples.request(call).stream().map(SdkField::memberName).collect(Collectors.toSet()))
        .as("parameters of " + call)
        .containsAll(parameters);
  }

  /** Each name of the path is a member, and the whole of it leads somewhere. */
  private static void says(Kind kind, Object answer, String path) {
    // The names in a map are those of the service's documentation, and not of its model.
    if (answer.equals(Map.of("key", "text"))) return;
    Set<String> members = members(answer, new HashSet<>());
    Matcher names = NAME.matcher(path);
    while (names.find()) assertThat(members).as(kind.id() + ": " + path).contains(names.group(1));
    // What a filter leaves depends on values, which a sample does not have.
    if (!path.contains("[?"))
      assertThat(Answers.at(path, answer)).as(kind.id() + ": " + path).isNotNull();
  }

  private static Set<String> members(@Nullable Object answer, Set<String> into) {
    switch (answer) {
      case Map<?, ?> map ->
          map.forEach((name, value) -> {
            into.add(String.valueOf(name));
            members(value, into);
          });
      case List<?> list -> list.forEach(one -> members(one, into));
      case null, default -> {}
    }
    return into;
  }
}
