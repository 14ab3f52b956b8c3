package dev.steward.aws;

import dev.steward.estate.BatchedDetail;
import dev.steward.estate.Call;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks about several resources of a page at a time. */
final class BatchedDetails {
  private final RegionClients clients;

  BatchedDetails(RegionClients clients) {
    this.clients = clients;
  }

  /**
   * A question for many.
   *
   * @param nameless those that have no name to ask by
   * @param ask one call's answer into the items, by their names
   * @param failed those whose call failed
   */
  private record Question(
      Path name,
      int most,
      Consumer<ListedItem> nameless,
      BiConsumer<Map<String, Object>, Map<String, List<ListedItem>>> ask,
      BiConsumer<ListedItem, SdkException> failed) {}

  /** Asks a further question; who is not answered says so. */
  void ask(BatchedDetail batch, List<ListedItem> items) {
    put(
        items,
        batch.ask(),
        new Question(
            batch.name(),
            batch.most(),
            item -> item.notAnswered(batch.what()),
            (same, byName) -> answer(batch, same, byName),
            (item, e) -> item.failed(batch.what(), e)));
  }

  /** Asks for the tags; who is not answered has unknown ones. */
  void tags(Tags.Batched how, List<ListedItem> items) {
    put(
        items,
        Map.of(),
        new Question(
            how.name(),
            how.most(),
            ListedItem::tagsUnknown,
            (same, byName) -> answer(how, byName),
            ListedItem::tagsFailed));
  }

  /** Those whose further parameters are not the same are asked about apart. */
  private void put(List<ListedItem> items, Map<String, Path> parameters, Question question) {
    Map<Map<String, Object>, Map<String, List<ListedItem>>> alike = new LinkedHashMap<>();
    for (ListedItem item : items) {
      Object name = item.at(question.name());
      Map<String, Object> same = item.asked(parameters);
      if (name == null || same.size() < parameters.size()) question.nameless().accept(item);
      else
        alike
            .computeIfAbsent(same, key -> new LinkedHashMap<>())
            .computeIfAbsent(String.valueOf(name), key -> new ArrayList<>())
            .add(item);
    }
    List<Runnable> calls = new ArrayList<>();
    alike.forEach((same, byName) ->
        byName.entrySet().stream()
            .gather(Gatherers.windowFixed(question.most()))
            .forEach(some -> calls.add(() -> call(question, same, some))));
    SideBySide.map(
        calls,
        call -> {
          call.run();
          return true;
        });
  }

  private static void call(
      Question question, Map<String, Object> same, List<Map.Entry<String, List<ListedItem>>> some) {
    Map<String, List<ListedItem>> byName = new LinkedHashMap<>();
    some.forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
    try {
      Described.withSession(() -> question.ask().accept(same, byName));
    } catch (SdkException e) {
      // One that is gone meanwhile fails the batch, and must not cost the others their answer.
      if (AwsError.of(e) == AwsError.GONE && some.size() > 1)
        some.forEach(one -> call(question, same, List.of(one)));
      else
        byName.values().forEach(items -> items.forEach(item -> question.failed().accept(item, e)));
    }
  }

  private void answer(
      BatchedDetail batch, Map<String, Object> same, Map<String, List<ListedItem>> byName) {
    Map<String, Object> answer = call(batch.call(), same, batch.parameter(), byName.keySet());
    Set<String> silent = new HashSet<>(byName.keySet());
    for (Object said : Answers.list(batch.items(), answer)) {
      String name = String.valueOf(Answers.at(batch.key(), said));
      silent.remove(name);
      byName.getOrDefault(name, List.of()).forEach(item -> item.keep(batch.attributes(), said));
    }
    if (!batch.gone().isEmpty())
      for (Object gone : Answers.list(batch.gone(), answer))
        if (silent.remove(String.valueOf(gone)))
          byName.getOrDefault(String.valueOf(gone), List.of()).forEach(ListedItem::gone);
    silent.forEach(name ->
        byName.getOrDefault(name, List.of()).forEach(item -> item.notAnswered(batch.what())));
  }

  private void answer(Tags.Batched how, Map<String, List<ListedItem>> byName) {
    Map<String, Object> answer = call(how.call(), Map.of(), how.parameter(), byName.keySet());
    Set<String> silent = new HashSet<>(byName.keySet());
    for (Object said : Answers.list(how.items(), answer)) {
      String name = String.valueOf(Answers.at(how.key(), said));
      silent.remove(name);
      byName
          .getOrDefault(name, List.of())
          .forEach(item -> item.tagged(Answers.at(how.path(), said)));
    }
    if (saysNone(how, answer)) return;
    // Who is not in the answer has not been said to have no tags.
    silent.forEach(name -> byName.getOrDefault(name, List.of()).forEach(ListedItem::tagsUnknown));
  }

  /** Whether silence means none in this answer: it is the whole of what there is to say. */
  private static boolean saysNone(Tags.Batched how, Map<String, Object> answer) {
    return switch (how.silence()) {
      case MEANS_UNKNOWN -> false;
      case MEANS_NONE ->
          how.token().isEmpty() || Answers.text(Answers.at(how.token(), answer)) == null;
    };
  }

  private Map<String, Object> call(
      Call call, Map<String, Object> same, String parameter, Set<String> names) {
    Map<String, Object> ask = new HashMap<>(same);
    ask.put(parameter, List.copyOf(names));
    return clients.call(call, ask);
  }
}
