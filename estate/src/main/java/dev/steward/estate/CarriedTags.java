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
 * Resources user guide, Tag naming limits and requirements).
 *
 * @param reserved beginnings of what only AWS may write, in lower case
 * @param values whether AWS looks at the values too
 */
public record CarriedTags(Set<String> reserved, boolean values) {
  /** Of most services. */
  public static final CarriedTags MOST_SERVICES = new CarriedTags(Set.of("aws:"), false);

  private static final int MOST = 50;

  public CarriedTags {
    reserved = Set.copyOf(reserved);
  }

  /** What AWS takes of the tags beside the mark, with the mark. */
  public Map<String, String> with(Map<String, String> tags, String mark, String value) {
    Map<String, String> carried = new TreeMap<>(tags);
    carried.keySet().removeAll(reserved(tags));
    carried.keySet().removeAll(beyond(tags, mark));
    carried.put(mark, value);
    return carried;
  }

  /** The keys that only AWS may write. */
  List<String> reserved(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .filter(tag -> isReserved(tag.getKey()) || (values && isReserved(tag.getValue())))
            .map(Map.Entry::getKey)
            .toList();
  }

  private boolean isReserved(String text) {
    return reserved.stream().anyMatch(text.toLowerCase(Locale.ROOT)::startsWith);
  }

  /** The keys for which there is no room beside the mark: the last ones by name. */
  List<String> beyond(Map<String, String> tags, String mark) {
    TreeSet<String> own = new TreeSet<>(tags.keySet());
    reserved(tags).forEach(own::remove);
    own.remove(mark);
    return new ArrayList<>(own).subList(Math.min(own.size(), MOST - 1), own.size());
  }
}
