package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resource is made of that is a kind of its own, in the same region.
 *
 * @param kind of the parts
 * @param link names the other side
 * @param byWhole whether the whole names its parts; else each part names the wholes it is in
 */
public record Parts(String kind, Attribute<List<String>> link, boolean byWhole) {
  /** The parts name what they are in. */
  public static Parts naming(String kind, Attribute<List<String>> whole) {
    return new Parts(kind, whole, false);
  }

  /** The whole names its parts. */
  public static Parts named(String kind, Attribute<List<String>> parts) {
    return new Parts(kind, parts, true);
  }

  public boolean isOf(Resource whole, Resource part) {
    List<String> names = link.of(byWhole ? whole : part);
    return names != null && names.contains((byWhole ? part : whole).id());
  }

  /** Whether nothing is missing among the parts that were found, as far as the whole tells. */
  boolean areAll(Resource whole, List<Resource> found) {
    return !byWhole || areAll(link.of(whole), found);
  }

  private static boolean areAll(@Nullable List<String> names, List<Resource> found) {
    return names != null && !names.isEmpty() && found.size() >= names.size();
  }
}
