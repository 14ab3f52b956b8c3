package dev.steward.model;

import java.time.Instant;

/**
 * A file of a run; its bytes are a blob.
 *
 * @param path within the run, without a leading slash
 * @param size in bytes
 * @param sha256 in hex
 */
public record Artifact(RunId run, String path, long size, String sha256, Instant createdAt) {
  public String key() {
    return key(run, path);
  }

  public static String key(RunId run, String path) {
    return run.value() + "/" + path;
  }
}
