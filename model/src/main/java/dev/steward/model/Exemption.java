package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Resources that are left alone until a date, whatever a check says.
 *
 * @param check null for every check
 * @param account null for every account of the organization
 * @param resource null for every resource
 */
@Copied
public record Exemption(
    ExemptionId id,
    OrganizationId organization,
    @Nullable String check,
    @Nullable AccountId account,
    @Nullable String resource,
    String reason,
    Instant until,
    String author,
    Instant createdAt) {
  /** The same, of the same account connected anew. */
  public Exemption moved(AccountId where) {
    return ExemptionBuilder.builder(this).account(where).build();
  }

  /** What the index {@code place} finds it by. */
  public String place() {
    return place(organization, check, resource);
  }

  public static String place(
      OrganizationId organization, @Nullable String check, @Nullable String resource) {
    return organization
        + "/"
        + (check == null ? "" : check)
        + "/"
        + (resource == null ? "" : resource);
  }

  /** Whether it holds for this check of this resource at this moment. */
  public boolean covers(AccountId where, @Nullable String which, String what, Instant now) {
    return now.isBefore(until)
        && (check == null || check.equals(which))
        && (account == null || account.equals(where))
        && (resource == null || resource.equals(what));
  }
}
