package dev.steward.aws;

import dev.steward.estate.Attribute;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Gathers what AWS says of one resource; what it does not say stays out. A further question about
 * it that fails costs nothing but its own answer: the resource is there without it and says so.
 */
final class Described {
  /** The name of the question for tags. */
  private static final String TAGS = "tags";

  private final String kind;
  private final String id;
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, String> attributes = new HashMap<>();
  private final TreeSet<String> missing = new TreeSet<>();
  private final TreeSet<String> errors = new TreeSet<>();
  private String region;
  private @Nullable String name;
  private @Nullable String state;
  private @Nullable Instant created;
  private boolean gone;
  private @Nullable SdkException later;

  Described(String kind, String region, String id) {
    this.kind = kind;
    this.region = region;
    this.id = id;
  }

  String id() {
    return id;
  }

  Described in(String where) {
    region = where;
    return this;
  }

  Described name(@Nullable String value) {
    name = value;
    return this;
  }

  Described state(@Nullable String value) {
    state = value;
    return this;
  }

  Described created(@Nullable Instant value) {
    created = value;
    return this;
  }

  /** {@code Name} is the name unless one was given. */
  Described tags(@Nullable Map<String, String> all) {
    if (all != null) tags.putAll(all);
    return this;
  }

  Described with(String attribute, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) attributes.put(attribute, value.toString());
    return this;
  }

  /** What the answer tells of the attributes. */
  Described with(List<Attribute<?>> told, Object answer) {
    for (Attribute<?> attribute : told)
      with(attribute.name(), Attribute.written(Answers.at(attribute.path(), answer)));
    return this;
  }

  /**
   * Asks AWS a further question, which fills this in.
   *
   * @param what names it for who reads that it was not answered
   */
  Described detail(String what, Runnable question) {
    if (gone) return this;
    try {
      withSession(question);
    } catch (SdkException e) {
      failed(what, e);
    }
    return this;
  }

  /** Asks for the tags; not answered, they are unknown. */
  Described tagsOf(Supplier<Map<String, String>> question) {
    return detail(TAGS, () -> tags(question.get()));
  }

  /** A session that ends between two calls is replaced, and the call sent again. */
  static void withSession(Runnable question) {
    try {
      question.run();
    } catch (SdkException e) {
      if (AwsError.of(e) != AwsError.EXPIRED) throw e;
      question.run();
    }
  }

  /** A further question that could not be asked. */
  void notAsked(String what) {
    if (!gone) missing.add(what);
  }

  Described tagsUnknown() {
    if (!gone) missing.add(TAGS);
    return this;
  }

  void tagsFailed(SdkException e) {
    failed(TAGS, e);
  }

  /** AWS says so. */
  void gone() {
    gone = true;
  }

  /** A further question that was not answered. */
  void failed(String what, SdkException e) {
    AwsError error = AwsError.of(e);
    if (error == AwsError.GONE) gone = true;
    if (error.passes() && later == null) later = e;
    missing.add(what);
    errors.add(AwsError.code(e));
  }

  /** For a listing: with marks on what could not be read; empty when it is gone meanwhile. */
  Optional<Resource> listed() {
    if (gone) return Optional.empty();
    if (missing.remove(TAGS)) with(Resource.TAGS_UNKNOWN, true);
    with(Resource.DETAILS_MISSING, String.join(",", missing));
    with(Resource.DETAILS_ERROR, String.join(",", errors));
    return Optional.of(resource());
  }

  /**
   * For a decision about this one resource.
   *
   * @throws SdkException what may be answered when it is asked again
   */
  Optional<Resource> read() {
    if (!gone && later != null) throw later;
    return listed();
  }

  Resource resource() {
    return new Resource(
        id, kind, region, name == null ? tags.get("Name") : name, state, created, tags, attributes);
  }
}
