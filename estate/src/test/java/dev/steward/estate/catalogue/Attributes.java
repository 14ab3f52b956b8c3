package dev.steward.estate.catalogue;

import java.util.Arrays;

/** Names and values of resources, one after the other, as {@link World#add} takes them. */
final class Attributes {
  private Attributes() {}

  static String[] volumeOf(String... attributes) {
    return with(attributes, "volume_type", "gp3", "size_gb", "100");
  }

  static String[] with(String[] attributes, String... more) {
    String[] all = Arrays.copyOf(attributes, attributes.length + more.length);
    System.arraycopy(more, 0, all, attributes.length, more.length);
    return all;
  }

  static String[] seen(double days, boolean usedBefore) {
    String since = World.ago(days).toString();
    return usedBefore
        ? new String[] {"unused_since", since, "used_before", "true"}
        : new String[] {"unused_since", since};
  }

  static String[] snapshotOf(String... attributes) {
    return with(attributes, "volume", "gone", "size_gb", "20");
  }
}
