package dev.steward.activities.aws;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers what AWS says of one resource; what it does not say stays out. */
final class Described {
  private final String kind;
  private final String region;
  private final String id;
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, String> attributes = new HashMap<>();
  private @Nullable String name;
  private @Nullable String state;
  private @Nullable Instant created;

  Described(String kind, String region, String id) {
    this.kind = kind;
    this.region = region;
    this.id = id;
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

  /** Tags of any service; {@code Name} is the name unless one was given. */
  <T> Described tags(@Nullable List<T> list, Function<T, String> key, Function<T, String> value) {
    if (list != null) for (T tag : list) tags.put(key.apply(tag), value.apply(tag));
    return this;
  }

  Described with(String attribute, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) attributes.put(attribute, value.toString());
    return this;
  }

  Resource resource() {
    return new Resource(
        id, kind, region, name == null ? tags.get("Name") : name, state, created, tags, attributes);
  }
}
