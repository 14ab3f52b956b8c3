package dev.steward.estate;

import dev.steward.estate.price.InstanceTypes;
import dev.steward.estate.price.Item;
import dev.steward.estate.price.Prices;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The EC2 instance types that there are, priced or not. */
public final class InstanceTypeNames {
  private static final int NEAREST = 3;
  private static final Set<String> NAMES = names();

  private InstanceTypeNames() {}

  /** Those that are described, and older ones that only have a price. */
  private static Set<String> names() {
    Set<String> names = new TreeSet<>(Prices.keys(Item.Family.EC2_LINUX_HOUR));
    InstanceTypes.all().forEach(facts -> names.add(facts.name()));
    return names;
  }

  public static boolean isKnown(String name) {
    return NAMES.contains(name);
  }

  /** The types whose names are written most alike. */
  public static List<String> nearest(String name) {
    return NAMES.stream()
        .sorted(Comparator.comparing((String known) -> distance(name, known)))
        .limit(NEAREST)
        .toList();
  }

  /** How many letters differ (Levenshtein); another family counts more than another size. */
  private static int distance(String a, String b) {
    int family = letters(family(a), family(b));
    return 3 * family + letters(a, b);
  }

  private static String family(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static int letters(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(diagonal + same, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
