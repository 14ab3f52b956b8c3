package dev.steward.domain.holdings;

import dev.steward.model.Coverage;
import dev.steward.model.Finding;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one account or in several.
 *
 * @param monthlyCost at list price, of the resources that have one
 * @param uncosted how many resources have none; null where a line is older than their being counted
 * @param asked how many questions were answered in which way
 * @param gaps the questions that were not answered
 * @param findings open ones
 * @param saving of the open findings, by check
 */
public record Holding(
    int resources,
    Money monthlyCost,
    @Nullable Integer uncosted,
    Map<Coverage, Integer> asked,
    List<Listing> gaps,
    int findings,
    Map<String, MoneySum> saving) {
  public static final Holding NONE =
      new Holding(0, Money.ZERO, 0, Map.of(), List.of(), 0, Map.of());

  public Holding {
    asked = Map.copyOf(asked);
    gaps = List.copyOf(gaps);
    saving = Map.copyOf(saving);
  }

  /** Of these lines of the coverage record and these findings, of which only open ones count. */
  public static Holding of(List<Listing> lines, List<Finding> findings) {
    Map<Coverage, Integer> asked = new EnumMap<>(Coverage.class);
    List<Listing> gaps = new ArrayList<>();
    int resources = 0;
    Money cost = Money.ZERO;
    Integer uncosted = 0;
    for (Listing line : lines) {
      asked.merge(line.coverage(), 1, Integer::sum);
      if (line.coverage().isGap()) gaps.add(line);
      resources += line.resources();
      cost = cost.plus(line.monthlyCost());
      uncosted = both(uncosted, line.unpriced());
    }
    Map<String, MoneySum> saving = new TreeMap<>();
    int open = 0;
    for (Finding finding : findings) {
      if (finding.state() != Finding.State.OPEN) continue;
      open++;
      saving.merge(finding.check(), MoneySum.NONE.plus(finding.saving()), MoneySum::plus);
    }
    return new Holding(resources, cost, uncosted, asked, gaps, open, saving);
  }

  public int asked(Coverage coverage) {
    return asked.getOrDefault(coverage, 0);
  }

  public MoneySum potentialSaving() {
    return saving.values().stream().reduce(MoneySum.NONE, MoneySum::plus);
  }

  private static @Nullable Integer both(@Nullable Integer one, @Nullable Integer other) {
    return one == null || other == null ? null : Integer.valueOf(one + other);
  }
}
