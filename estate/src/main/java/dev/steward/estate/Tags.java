package dev.steward.estate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /**
   * Asked of the tagging API, for a hundred resources at a time.
   *
   * @param arn of a resource, from what the listing and the questions about it said
   */
  static Batched tagging(Path arn) {
    return TaggingApi.of(arn);
  }

  /** The same, where the ARN stands as the tagging API names it. */
  static Batched tagging(String arn) {
    return tagging(Path.at(arn));
  }

  /** The IAM actions that asking needs, where they are asked for. */
  default List<String> actions() {
    return List.of();
  }

  /** How those of one resource are read before a step acts on it. */
  default Tags alone() {
    return this;
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
    public List<String> actions() {
      return List.of(call.iam());
    }
  }

  /** What an answer says about a resource that was asked for and is not in it. */
  enum Silence {
    /** Nothing. */
    MEANS_UNKNOWN,
    /** That it has no tags: the operation is documented to leave out what has none. */
    MEANS_NONE
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
   * @param token where an answer would say that it is not whole, so that its silence says nothing;
   *     empty where there is no such member
   * @param directly how one resource is asked about before a step acts on it, where the operation
   *     may be behind what the service itself knows; null where it may not
   */
  record Batched(
      Call call,
      String parameter,
      Path name,
      int most,
      String items,
      String key,
      String path,
      String token,
      Silence silence,
      @Nullable Asked directly)
      implements Tags {
    /** Whose silence says nothing. */
    public Batched(
        Call call, String parameter, Path name, int most, String items, String key, String path) {
      this(call, parameter, name, most, items, key, path, "", Silence.MEANS_UNKNOWN, null);
    }

    /** A step asks the service itself. */
    public Batched directly(Asked asked) {
      return new Batched(call, parameter, name, most, items, key, path, token, silence, asked);
    }

    @Override
    public List<String> actions() {
      return Stream.concat(
              Stream.of(call.iam()), alone() == this ? Stream.of() : alone().actions().stream())
          .toList();
    }

    @Override
    public Tags alone() {
      return directly == null ? this : directly;
    }
  }
}
