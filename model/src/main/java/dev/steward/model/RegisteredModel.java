package dev.steward.model;

import java.time.Instant;
import java.util.Map;

/**
 * A name for models that replace each other.
 *
 * @param aliases which version is champion, challenger, shadow or what else people call it
 * @param versions how many there ever were
 */
@Copied
public record RegisteredModel(
    OrganizationId organization,
    String name,
    String description,
    Map<String, String> tags,
    Map<String, Integer> aliases,
    int versions,
    Instant createdAt,
    Instant updatedAt) {
  public RegisteredModel {
    tags = Map.copyOf(tags);
    aliases = Map.copyOf(aliases);
  }

  public String key() {
    return key(organization, name);
  }

  public static String key(OrganizationId organization, String name) {
    return organization.value() + "/" + name;
  }
}
