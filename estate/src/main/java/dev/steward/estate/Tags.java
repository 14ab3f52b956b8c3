package dev.steward.estate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the tags of a kind are read. A kind cannot be declared without saying so: keep tags, policies
 * and drift are blind without them.
 */
public sealed interface Tags {
  /** The kind has none (AWS reference). */
  Tags NONE = new None();

  /** They come with the listing. */
  static Tags listed(String path) {
    return new Listed(path);
  }

  /** The IAM action that asking needs, where they are asked for. */
  default Optional<String> action() {
    return Optional.empty();
  }

  record None() implements Tags {}

  /**
   * @param path of a map, or of a list of keys and values
   */
  record Listed(String path) implements Tags {}

  /**
   * Asked for, one resource after the other.
   *
   * @param ask the parameters, from what the listing said; where one says nothing, the tags are
   *     unknown
   * @param path of the tags in the answer
   * @param token the parameter and the member that lead on to the next page; empty where there is
   *     one page
   * @param none error codes that say that there are none
   */
  record Asked(Call call, Map<String, Path> ask, String path, String token, Set<String> none)
      implements Tags {
    public Asked {
      ask = Map.copyOf(ask);
      none = Set.copyOf(none);
    }

    @Override
    public Optional<String> action() {
      return Optional.of(call.iam());
    }
  }

  /**
   * Asked for several resources at a time, by the name that the answer repeats.
   *
   * @param parameter takes a list of names
   * @param name of a resource, from what the listing said
   * @param most names that a call takes
   * @param items the part of the answer about each
   * @param key its name there
   * @param path its tags there
   */
  record Batched(
      Call call, String parameter, Path name, int most, String items, String key, String path)
      implements Tags {
    @Override
    public Optional<String> action() {
      return Optional.of(call.iam());
    }
  }
}
