package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.AccountId;
import dev.steward.model.ExperimentId;
import dev.steward.model.OrganizationId;
import dev.steward.model.RunId;
import dev.steward.model.SecretId;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every table says of itself. */
final class TablesTest {
  /** What other rows hang on, by the type of its id. */
  private static final Map<Class<?>, Table<?>> PARENTS =
      Map.of(
          AccountId.class,
          Tables.ACCOUNTS,
          ExperimentId.class,
          Tables.EXPERIMENTS,
          RunId.class,
          Tables.RUNS);

  private static boolean has(Table<?> table, Class<?> type) {
    return Arrays.stream(table.type().getRecordComponents())
        .map(RecordComponent::getType)
        .anyMatch(type::equals);
  }

  @Test
  void everyTableIsInTheList() {
    List<Table<?>> declared =
        Stream.of(PlatformTables.class, EstateTables.class, GovernanceTables.class, LabTables.class)
            .flatMap(part -> Arrays.stream(part.getDeclaredFields()))
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType() == Table.class)
            .<Table<?>>map(field -> {
              try {
                return (Table<?>) field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            })
            .toList();
    assertThat(Tables.ALL).hasSizeGreaterThan(40).containsExactlyInAnyOrderElementsOf(declared);
    assertThat(Tables.ALL.stream().map(Table::name)).doesNotHaveDuplicates();
    assertThat(Tables.ALL.stream().map(Table::noun)).doesNotHaveDuplicates();
  }

  @Test
  void whoseRecordNamesAnOrganizationSaysSo() {
    for (Table<?> table : Tables.ALL)
      if (has(table, OrganizationId.class))
        assertThat(table.owner()).as(table.name()).isNotInstanceOf(Owner.Nobodys.class);
  }

  @Test
  void whoseRecordNamesWhatOthersHangOnSaysWhatBecomesOfIt() {
    for (Table<?> table : Tables.ALL)
      PARENTS.forEach((id, parent) -> {
        if (table != parent && has(table, id))
          assertThat(table.links())
              .as(table + " and " + parent)
              .anyMatch(l -> l.parent() == parent);
      });
  }

  @Test
  void whoseRecordNamesASecretHoldsIt() {
    for (Table<?> table : Tables.ALL)
      if (table != Tables.SECRETS && has(table, SecretId.class))
        assertThat(table.holds()).as(table.name()).isNotNull();
  }

  @Test
  void whatIsInheritedEndsAtAnOrganization() {
    for (Table<?> table : Tables.ALL) {
      Table<?> at = table;
      while (at.owner() instanceof Owner.Inherited<?> inherited) at = inherited.link().parent();
      if (at != table) assertThat(at.owner()).as(table.name()).isInstanceOf(Owner.Said.class);
    }
  }

  @Test
  void asksOnlyForWhatATableSays() {
    Own own = new State(Map.of()).own(new OrganizationId("org_test000000"));
    assertThatThrownBy(() -> own.under(Tables.ACCOUNTS, "acc_1", Tables.CHANGES))
        .hasMessageContaining("does not say that it goes with");
  }
}
