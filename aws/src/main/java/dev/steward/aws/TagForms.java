package dev.steward.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms in which services write tags: a map, or a list of keys and values. */
final class TagForms {
  /** A key's name in a list, and its value's. */
  private record Form(String key, String value) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("Key", "Value"),
          new Form("key", "value"),
          new Form("TagKey", "TagValue"),
          new Form("tagKey", "tagValue"));

  private TagForms() {}

  static Map<String, String> read(@Nullable Object said) {
    Map<String, String> tags = new HashMap<>();
    switch (said) {
      case null -> {}
      case Map<?, ?> map -> map.forEach((key, value) -> tags.put(String.valueOf(key), text(value)));
      case List<?> list -> list.forEach(one -> put(one, tags));
      default -> throw new IllegalStateException("no tags: " + said.getClass());
    }
    return tags;
  }

  private static void put(Object one, Map<String, String> tags) {
    if (!(one instanceof Map<?, ?> tag)) return;
    for (Form form : FORMS)
      if (tag.get(form.key()) instanceof String key) tags.put(key, text(tag.get(form.value())));
  }

  /** A tag may have a key alone. */
  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
