package dev.steward.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that was trained. What it is does not change; what is said of it may.
 *
 * @param version from 1
 * @param source where its files are
 * @param run that it came from; null if it came from elsewhere
 * @param stage of ours; a version that MLflow registered is a candidate, too
 */
@Copied
public record ModelVersion(
    OrganizationId organization,
    String name,
    int version,
    String source,
    @Nullable RunId run,
    String description,
    Map<String, String> tags,
    Stage stage,
    String user,
    Instant createdAt,
    Instant updatedAt) {
  /** How far a version has come. */
  public enum Stage {
    CANDIDATE,
    SHADOW,
    CHAMPION,
    ARCHIVED
  }

  public ModelVersion {
    tags = Map.copyOf(tags);
  }

  public String key() {
    return key(organization, name, version);
  }

  public static String key(OrganizationId organization, String name, int version) {
    return prefix(organization, name) + String.format(Locale.ROOT, "%08d", version);
  }

  public static String prefix(OrganizationId organization, String name) {
    return organization.value() + "/" + name + "\n";
  }
}
