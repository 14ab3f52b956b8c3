package dev.steward.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of a resource's tags go on what is made again of it. Nobody but AWS may write one that
 * begins with {@code aws:}, in whatever case, and a resource has 50 others at most (Tagging AWS
 * Resources user guide, Tag naming limits and requirements). RDS keeps {@code rds:} to itself too,
 * and looks at values as well (RDS API reference, Tag).
 */
public final class CarriedTags {
  private static final int MOST = 50;
  private static final Set<String> RESERVED = Set.of("aws:");
  private static final Set<String> RESERVED_BY_RDS = Set.of("aws:", "rds:");

  private CarriedTags() {}

  /** What AWS takes of the tags beside the mark, with the mark. */
  public static Map<String, String> with(
      String kind, Map<String, String> tags, String mark, String value) {
    Map<String, String> carried = new TreeMap<>(tags);
    carried.keySet().removeAll(reserved(kind, tags));
    carried.keySet().removeAll(beyond(kind, tags, mark));
    carried.put(mark, value);
    return carried;
  }

  /** The keys that only AWS may write. */
  static List<String> reserved(String kind, Map<String, String> tags) {
    boolean database = kind.startsWith("rds_");
    Set<String> prefixes = database ? RESERVED_BY_RDS : RESERVED;
    return new TreeMap<>(tags)
        .entrySet().stream()
            .filter(tag ->
                begins(tag.getKey(), prefixes) || (database && begins(tag.getValue(), prefixes)))
            .map(Map.Entry::getKey)
            .toList();
  }

  private static boolean begins(String text, Set<String> prefixes) {
    return prefixes.stream().anyMatch(text.toLowerCase(Locale.ROOT)::startsWith);
  }

  /** The keys for which there is no room beside the mark: the last ones by name. */
  static List<String> beyond(String kind, Map<String, String> tags, String mark) {
    TreeSet<String> own = new TreeSet<>(tags.keySet());
    reserved(kind, tags).forEach(own::remove);
    own.remove(mark);
    return new ArrayList<>(own).subList(Math.min(own.size(), MOST - 1), own.size());
  }
}
