package dev.steward.aws;

import dev.steward.estate.Description;
import dev.steward.estate.Parents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A listing under parents: a page is a page of parents, with everything that is under them. */
record Children(Description how, Parents parents, RegionClients clients, Map<String, Object> ask) {
  /**
   * @param said what is listed, each with its parent
   * @param next the token of the next parents; null after the last
   */
  record Under(List<Object> said, @Nullable String next) {}

  /**
   * @param token of the page of parents; null for the first
   * @throws software.amazon.awssdk.core.exception.SdkException what AWS answers to the listing of
   *     the parents or of what is under one of them: then nothing is known of it
   */
  Under page(@Nullable String token) {
    Map<String, Object> asked = new HashMap<>(Lister.ask(parents.ask(), parents.paging(), clients));
    if (token != null) asked.put(parents.paging().in(), token);
    Map<String, Object> answer = clients.call(parents.call(), asked);
    List<Object> said =
        SideBySide.map(List.copyOf(Answers.list(parents.items(), answer)), this::under).stream()
            .flatMap(List::stream)
            .toList();
    return new Under(
        said,
        parents.paging().isPaged()
            ? Answers.text(Answers.at(parents.paging().out(), answer))
            : null);
  }

  private List<Object> under(Object parent) {
    Map<String, Object> given = new HashMap<>();
    parents
        .gives()
        .forEach((name, path) -> {
          Object value = Answers.at(path, parent);
          // Without it everything would be listed, or something else.
          if (value == null)
            throw SdkClientException.create(
                "AWS listed a parent of " + how.call() + " without " + name);
          given.put(name, value);
        });
    Map<String, Object> all = new HashMap<>(ask);
    all.putAll(given);
    List<Object> said = new ArrayList<>();
    try {
      new PageLoop(how.call(), how.paging().in(), how.paging().out(), Set.of())
          .read(
              clients,
              all,
              page -> {
                Answers.list(how.items(), page).forEach(one -> said.add(with(parent, one)));
                return true;
              });
    } catch (AwsServiceException e) {
      // Gone meanwhile, in words: a bare 404 may come from anywhere.
      if (AwsError.named(AwsError.code(e)) == AwsError.GONE) return List.of();
      throw e;
    }
    return said;
  }

  private static Object with(Object parent, Object one) {
    Map<String, Object> known = new HashMap<>();
    if (one instanceof Map<?, ?> map)
      map.forEach((name, value) -> known.put(String.valueOf(name), value));
    known.put(Parents.PARENT, parent);
    return known;
  }
}
