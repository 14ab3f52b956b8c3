package dev.steward.model;

import java.util.Map;

/** An organization's own thresholds of a check; what is absent keeps the catalogue's default. */
public record CheckSettings(
    OrganizationId organization, String check, boolean enabled, Map<String, Double> thresholds) {
  public CheckSettings {
    thresholds = Map.copyOf(thresholds);
  }

  public static String key(OrganizationId organization, String check) {
    return organization.value() + "/" + check;
  }
}
