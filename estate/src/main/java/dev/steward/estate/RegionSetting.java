package dev.steward.estate;

import java.util.List;

/**
 * What a region says of every resource of a kind that is in it, asked once a page of a listing and
 * kept with each resource.
 *
 * @param attribute under which it is kept; absent where AWS did not say
 * @param whether the question whether the region sets it
 * @param isSet where its answer says so, true or false
 * @param what the question what it is set to
 * @param value where its answer says that
 */
public record RegionSetting(String attribute, Call whether, Path isSet, Call what, Path value) {
  /** The attribute's value where the region does not set it. */
  public static final String NONE = "none";

  /** The IAM actions that asking needs. */
  public List<String> iam() {
    return List.of(whether.iam(), what.iam());
  }
}
