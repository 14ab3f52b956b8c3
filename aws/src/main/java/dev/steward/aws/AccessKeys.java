package dev.steward.aws;

import org.jspecify.annotations.Nullable;

/** Sealed in the store as JSON; never anywhere else. */
record AccessKeys(
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable String region) {
  @Override
  public String toString() {
    return "AccessKeys[masked]";
  }
}
