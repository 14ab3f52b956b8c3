package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an action and its undo need of the KMS keys of what is encrypted: of the resource, or of its
 * parts where its kind has some. AWS then uses the key in the name of who calls: whoever lacks it
 * stops an instance and does not start it again, and makes copies that come to nothing. An action
 * that leaves the data where it is and as it is uses no key.
 *
 * @param iam the IAM actions; {@link IamPolicy} says under which conditions
 * @param when must be given for the keys to be used; null where they are always
 * @param further names one more key; null where nothing does
 */
public record KeyUse(List<String> iam, @Nullable Parameter when, @Nullable Parameter further) {
  /** The only one that a caller may do by himself; the others are a service's, for him. */
  public static final String LOOK = "kms:DescribeKey";

  /** The attribute of what can be encrypted: whether it is. */
  public static final String ENCRYPTED = "encrypted";

  /** The attribute of what is encrypted: the ARN of its key. */
  public static final String KEY = "kms_key";

  /** Stands for a key that nobody knows. */
  static final String UNKNOWN = "unknown";

  /** Says of a plan that it names all keys, and there are none. */
  private static final String NONE = "none";

  public KeyUse {
    iam = List.copyOf(iam);
  }

  public static KeyUse always(List<String> iam) {
    return new KeyUse(iam, null, null);
  }

  /** Only where the one parameter is given; the other names a further key. */
  public static KeyUse where(Parameter given, Parameter further, List<String> iam) {
    return new KeyUse(iam, given, further);
  }

  /** Whether it uses one under these parameters. */
  public boolean under(Map<String, String> parameters) {
    return when == null || when.isGiven(parameters);
  }

  /**
   * The keys of the resource and its parts; {@code unknown} where a part was not answered or its
   * key not named.
   */
  TreeSet<String> of(Resource resource, @Nullable Parts parts, Beside beside) {
    TreeSet<String> keys = new TreeSet<>();
    if (parts == null) add(resource, keys);
    else if (beside.parts() == null) keys.add(UNKNOWN);
    else {
      beside.parts().forEach(part -> add(part, keys));
      if (!parts.areAll(resource, beside.parts())) keys.add(UNKNOWN);
    }
    return keys;
  }

  private static void add(Resource one, TreeSet<String> keys) {
    if (one.attribute(ENCRYPTED) == null) keys.add(UNKNOWN);
    else if (one.flag(ENCRYPTED)) keys.add(one.attributes().getOrDefault(KEY, UNKNOWN));
  }

  /** As a plan names them. */
  List<String> planned(TreeSet<String> keys, Map<String, String> parameters) {
    if (further != null) keys.add(further.in(parameters));
    keys.remove(NONE);
    return keys.isEmpty() ? List.of(NONE) : List.copyOf(keys);
  }

  /** Whether a plan names the keys, and not this one; a plan of before says nothing of them. */
  public static boolean isUnplanned(String key, List<String> planned) {
    return !planned.isEmpty() && !planned.contains(UNKNOWN) && !planned.contains(key);
  }
}
