package dev.steward.activities.governance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Everything that AWS's describe calls say of an account, field by field, and what of it differs.
 */
final class Everything {
  /** It goes on by itself, whatever anybody does. */
  private static final Set<String> MOVING = Set.of("LatestRestorableTime");

  private final Map<String, List<Map<String, String>>> things = new TreeMap<>();

  private String region = "";

  /** Where what is added from now on is; things of two regions are never the same. */
  void in(String name) {
    region = name;
  }

  /** One thing of a kind, with all that further calls say of it. */
  void add(String kind, SdkPojo... answers) {
    Map<String, String> fields = new TreeMap<>();
    for (SdkPojo answer : answers) flatten(kind, answer, fields);
    fields.put(kind + ".Region", region);
    things.computeIfAbsent(kind, k -> new ArrayList<>()).add(fields);
  }

  /**
   * What is in the one and not in the other: {@code Volume.Iops} differs, {@code +Snapshot} is new,
   * {@code -Snapshot} is gone.
   */
  static TreeSet<String> differences(Everything before, Everything after) {
    TreeSet<String> differences = new TreeSet<>();
    TreeSet<String> kinds = new TreeSet<>(before.things.keySet());
    kinds.addAll(after.things.keySet());
    for (String kind : kinds) {
      List<Map<String, String>> old = new ArrayList<>(before.things.getOrDefault(kind, List.of()));
      List<Map<String, String>> now = new ArrayList<>();
      for (Map<String, String> thing : after.things.getOrDefault(kind, List.of()))
        if (!old.remove(thing)) now.add(thing);
      while (!old.isEmpty() && !now.isEmpty()) compare(old.removeFirst(), now, differences);
      if (!old.isEmpty()) differences.add("-" + kind);
      if (!now.isEmpty()) differences.add("+" + kind);
    }
    return differences;
  }

  /** With the one that is most like it, of its own region where there is any. */
  private static void compare(
      Map<String, String> old, List<Map<String, String>> candidates, TreeSet<String> into) {
    Map<String, String> match =
        Collections.min(
            candidates,
            Comparator.comparing((Map<String, String> one) -> isElsewhere(fields(old, one)))
                .thenComparing(one -> fields(old, one).size()));
    candidates.remove(match);
    into.addAll(fields(old, match));
  }

  private static boolean isElsewhere(Set<String> differences) {
    return differences.stream().anyMatch(field -> field.endsWith(".Region"));
  }

  private static TreeSet<String> fields(Map<String, String> a, Map<String, String> b) {
    TreeSet<String> fields = new TreeSet<>(a.keySet());
    fields.addAll(b.keySet());
    fields.removeIf(f -> a.getOrDefault(f, "").equals(b.getOrDefault(f, "")));
    return fields;
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case null -> {
        // What is not there has no value.
      }
      case SdkPojo pojo -> pojo(path, pojo, into);
      case List<?> list -> list(path, list, into);
      case Map<?, ?> map -> map.forEach((key, of) -> flatten(path + "." + key, of, into));
      default -> into.put(path, value.toString());
    }
  }

  private static void pojo(String path, SdkPojo pojo, Map<String, String> into) {
    for (SdkField<?> field : pojo.sdkFields())
      if (!MOVING.contains(field.memberName()))
        flatten(path + "." + field.memberName(), field.getValueOrDefault(pojo), into);
  }

  /** Tags by their keys, the rest in an order of its own. */
  private static void list(String path, List<?> list, Map<String, String> into) {
    List<Map<String, String>> items = new ArrayList<>();
    for (Object item : list) {
      Map<String, String> fields = new TreeMap<>();
      flatten("", item, fields);
      if (fields.keySet().equals(Set.of(".Key", ".Value")))
        into.put(
            path.replace("TagList", "Tags") + "." + fields.get(".Key"),
            String.valueOf(fields.get(".Value")));
      else items.add(fields);
    }
    items.sort(Comparator.comparing(Object::toString));
    for (int i = 0; i < items.size(); i++) {
      String at = path + (items.size() > 1 ? "[" + i + "]" : "");
      items.get(i).forEach((field, value) -> into.put(at + field, value));
    }
  }
}
