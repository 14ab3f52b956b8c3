package dev.steward.aws;

import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Path;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a further question about one resource. */
public final class Details {
  private Details() {}

  /**
   * What AWS says to {@link Kind#doubts()} of each resource, and no more than that; what it does
   * not answer is among its {@code details_missing}, without an error where it is gone meanwhile.
   *
   * @param resources of the clients' region
   */
  public static List<Resource> inDoubt(Kind kind, RegionClients clients, List<Resource> resources) {
    return SideBySide.map(resources, resource -> inDoubt(kind, clients, resource));
  }

  private static Resource inDoubt(Kind kind, RegionClients clients, Resource resource) {
    Described into = new Described(kind.id(), resource.region(), resource.id());
    for (Detail detail : kind.doubts()) {
      Map<String, Object> ask = asked(detail.ask(), Map.of("id", resource.id()));
      into.detail(
          detail.what(), () -> into.with(detail.attributes(), answer(clients, detail, ask)));
    }
    return into.listed().orElseGet(() -> unanswered(kind, resource));
  }

  private static Resource unanswered(Kind kind, Resource gone) {
    return new Described(kind.id(), gone.region(), gone.id())
        .with(
            Resource.DETAILS_MISSING,
            kind.doubts().stream().map(Detail::what).collect(Collectors.joining(",")))
        .resource();
  }

  /** The parameters of a question, from what is known; those that nothing is known for stay out. */
  static Map<String, Object> asked(Map<String, Path> parameters, Map<String, Object> known) {
    Map<String, Object> ask = new HashMap<>();
    parameters.forEach((name, path) -> {
      Object value = Answers.at(path, known);
      if (value != null) ask.put(name, value);
    });
    return ask;
  }

  /**
   * What the answer says of the resource; nothing where AWS says that there is nothing.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException what AWS answers
   */
  static Object answer(RegionClients clients, Detail detail, Map<String, Object> ask) {
    Map<String, Object> whole = new LinkedHashMap<>();
    Object[] alone = {whole};
    new PageLoop(detail.call(), detail.token(), detail.token(), detail.none())
        .read(
            clients,
            ask,
            page -> {
              Object result = Answers.at(detail.result(), page);
              if (detail.token().isEmpty() && result != null) alone[0] = result;
              else if (result instanceof Map<?, ?> map) add(map, whole);
              return true;
            });
    return alone[0];
  }

  /** A member that a page leaves out adds nothing. */
  private static void add(Map<?, ?> page, Map<String, Object> whole) {
    page.forEach((name, value) -> {
      if (value != null) whole.merge(String.valueOf(name), value, Details::together);
    });
  }

  private static Object together(Object before, Object after) {
    List<Object> all = new ArrayList<>((List<?>) before);
    all.addAll((List<?>) after);
    return all;
  }
}
