package dev.steward.aws;

import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Path;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Asks a further question about one resource. */
public final class Details {
  private Details() {}

  /**
   * The resources with what AWS says to {@link Kind#doubts()} of each; what it does not answer is
   * among its {@code details_missing}, and what is gone meanwhile stays as it was.
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
    return into.listed()
        .map(told -> {
          Map<String, String> all = new HashMap<>(resource.attributes());
          all.putAll(told.attributes());
          return resource.with(all);
        })
        .orElse(resource);
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
    Map<String, Object> next = new HashMap<>(ask);
    Set<String> tokens = new HashSet<>();
    while (true) {
      Map<String, Object> page;
      try {
        page = clients.call(detail.call(), next);
      } catch (AwsServiceException e) {
        if (detail.none().contains(AwsError.code(e))) return Map.of();
        throw e;
      }
      Object result = Answers.at(detail.result(), page);
      if (detail.token().isEmpty()) return result == null ? Map.of() : result;
      if (result instanceof Map<?, ?> map)
        map.forEach(
            (name, value) -> whole.merge(String.valueOf(name), value, (a, b) -> together(a, b)));
      String token = Answers.text(Answers.at(detail.token(), page));
      if (token == null) return whole;
      if (!tokens.add(token)) throw new SamePage.Again();
      next.put(detail.token(), token);
    }
  }

  private static Object together(Object before, Object after) {
    List<Object> all = new ArrayList<>((List<?>) before);
    all.addAll((List<?>) after);
    return all;
  }
}
