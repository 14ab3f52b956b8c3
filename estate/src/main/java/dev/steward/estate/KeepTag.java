package dev.steward.estate;

import dev.steward.model.Resource;

/** What an owner puts on a resource that is wanted: it is never waste, and nothing acts on it. */
public final class KeepTag {
  public static final String NAME = "steward";
  public static final String VALUE = "keep";

  private KeepTag() {}

  public static boolean isOn(Resource resource) {
    return VALUE.equals(resource.tags().get(NAME));
  }
}
