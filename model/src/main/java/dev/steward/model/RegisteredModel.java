package dev.steward.model;

import java.time.Instant;
import java.util.Map;

/**
 * A name for models that replace each other.
 *
 * @param aliases which version is champion, challenger, shadow or what else people call it
 * @param versions how many there ever were
 */
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

  public RegisteredModel with(
      String newDescription,
      Map<String, String> newTags,
      Map<String, Integer> newAliases,
      int newVersions,
      Instant now) {
    return new RegisteredModel(
        organization, name, newDescription, newTags, newAliases, newVersions, createdAt, now);
  }
}
