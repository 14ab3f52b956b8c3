package dev.steward.storage;

import dev.steward.model.Approval;
import dev.steward.model.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every table, by the part of the platform that it serves. */
public final class Tables implements PlatformTables, EstateTables, GovernanceTables, LabTables {
  public static final List<Table<?>> ALL =
      Stream.of(PLATFORM, CONNECTED, GOVERNED, LEARNT).<Table<?>>flatMap(List::stream).toList();

  private static final Map<Table<?>, List<Table<?>>> UNDER =
      ALL.stream()
          .collect(
              Collectors.toMap(
                  parent -> parent,
                  parent ->
                      ALL.stream()
                          .filter(t -> t.parents().stream().anyMatch(l -> l.parent() == parent))
                          .toList()));

  private Tables() {}

  /** What the index {@code status} of the approvals finds by. */
  public static String approvals(OrganizationId organization, Approval.Status status) {
    return organization.value() + "/" + status;
  }

  /** What goes with a row of the table. */
  public static List<Table<?>> under(Table<?> parent) {
    return UNDER.getOrDefault(parent, List.of());
  }
}
