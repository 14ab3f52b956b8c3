package dev.steward.estate;

import dev.steward.model.Resource;
import dev.steward.model.ResourceDifference;
import dev.steward.model.ResourceDifference.Field;
import dev.steward.model.ResourceDifference.What;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two answers to the same question, both in full, one after the other. */
public final class Compared {
  /** What our own looks add is no change of the resource. */
  private static final Set<String> OURS = Set.of(Looks.UNUSED_SINCE, Looks.USED_BEFORE);

  private Compared() {}

  /** In the order of their ids; none where nothing is otherwise. */
  public static List<ResourceDifference> of(
      Kind kind, Collection<Resource> before, Collection<Resource> after) {
    Map<String, Resource> old = byPlace(before);
    Map<String, Resource> now = byPlace(after);
    List<ResourceDifference> differences = new ArrayList<>();
    for (String place : new TreeSet<>(union(old.keySet(), now.keySet()))) {
      Resource was = old.get(place);
      Resource is = now.get(place);
      if (was == null) differences.add(whole(Objects.requireNonNull(is), What.APPEARED));
      else if (is == null) differences.add(whole(was, What.GONE));
      else {
        Map<String, Field> fields = fields(kind, was, is);
        if (!fields.isEmpty())
          differences.add(
              new ResourceDifference(is.id(), is.region(), is.name(), What.CHANGED, fields));
      }
    }
    return differences;
  }

  private static Map<String, Resource> byPlace(Collection<Resource> resources) {
    Map<String, Resource> byPlace = new LinkedHashMap<>();
    for (Resource resource : resources)
      byPlace.put(resource.region() + "/" + resource.id(), resource);
    return byPlace;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  private static ResourceDifference whole(Resource resource, What what) {
    return new ResourceDifference(
        resource.id(), resource.region(), resource.name(), what, Map.of());
  }

  /** What could not be read of one of them is no change, and neither is what is measured. */
  private static Map<String, Field> fields(Kind kind, Resource was, Resource is) {
    Map<String, Field> fields = new TreeMap<>();
    compare("name", was.name(), is.name(), fields);
    if (was.missing() == null && is.missing() == null) {
      compare("state", was.state(), is.state(), fields);
      Set<String> measured =
          kind.attributes().stream()
              .filter(Attribute::isMeasured)
              .map(Attribute::name)
              .collect(Collectors.toSet());
      for (String name : union(was.attributes().keySet(), is.attributes().keySet()))
        if (!OURS.contains(name) && !name.equals(Resource.TAGS_UNKNOWN) && !measured.contains(name))
          compare(name, was.attribute(name), is.attribute(name), fields);
    }
    if (was.tagsKnown() && is.tagsKnown())
      for (String tag : union(was.tags().keySet(), is.tags().keySet()))
        compare("tag:" + tag, was.tags().get(tag), is.tags().get(tag), fields);
    return fields;
  }

  private static void compare(
      String name, @Nullable String before, @Nullable String after, Map<String, Field> into) {
    if (!Objects.equals(before, after)) into.put(name, new Field(before, after));
  }
}
