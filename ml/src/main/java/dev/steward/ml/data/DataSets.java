package dev.steward.ml.data;

import dev.steward.model.Account;
import dev.steward.model.CostDay;
import dev.steward.model.DataSet;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.DataSet.Profile;
import dev.steward.model.DataSetId;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Data sets of an organization: frozen when they are made, and never changed. */
public final class DataSets {
  private static final int PROFILED = 100;
  private static final double DAYS_OF_A_MONTH = 365.25 / 12;

  private final Blobs blobs;
  private final Ids ids;
  private final InstantSource clock;

  public DataSets(Blobs blobs, Ids ids, InstantSource clock) {
    this.blobs = blobs;
    this.ids = ids;
    this.clock = clock;
  }

  /** Keeps the bytes; to be done before {@link #add}, outside of the transaction. */
  public String keep(List<Series> series) {
    return blobs.put(SeriesCsv.write(series));
  }

  public DataSet add(
      Transaction t,
      OrganizationId organization,
      String name,
      Frequency frequency,
      List<Series> series,
      String digest,
      String source,
      String lineage,
      String user) {
    return t.put(
        Tables.DATA_SETS,
        new DataSet(
            DataSetId.from(ids),
            organization,
            name,
            frequency,
            digest,
            source,
            lineage,
            series.size(),
            series.stream().mapToLong(s -> s.values().length).sum(),
            Map.of("id", "text", "start", "time or nothing", "values", "numbers or nothing"),
            series.stream()
                .sorted(Comparator.comparingInt((Series s) -> s.values().length).reversed())
                .limit(PROFILED)
                .map(DataSets::profile)
                .toList(),
            user,
            clock.instant()));
  }

  private static Profile profile(Series series) {
    var known = Arrays.stream(series.values()).filter(Double::isFinite).summaryStatistics();
    boolean any = known.getCount() > 0;
    return new Profile(
        series.id(),
        series.values().length,
        series.missing(),
        any ? known.getMin() : null,
        any ? known.getAverage() : null,
        any ? known.getMax() : null,
        series.start());
  }

  public static DataSet find(State state, OrganizationId organization, String id) {
    return state
        .find(Tables.DATA_SETS, id)
        .filter(d -> d.organization().equals(organization))
        .orElseThrow(() -> Problem.notFound("data set"));
  }

  /** The series of a data set, as they were. */
  public List<Series> series(DataSet set) {
    return SeriesCsv.readBack(
        blobs
            .get(set.digest())
            .orElseThrow(() ->
                new IllegalStateException("the bytes of data set " + set.id() + " are lost")));
  }

  /** Dollars a day at list price: one series an account, and one an account and kind. */
  public static List<Series> costs(State state, List<Account> accounts) {
    List<Series> series = new ArrayList<>();
    for (Account account : accounts) {
      List<CostDay> days =
          state.rows(Tables.COST_DAYS).startingWith(account.id().value() + "/").toList();
      if (days.isEmpty()) continue;
      LocalDate first = days.getFirst().day();
      int length = (int) ChronoUnit.DAYS.between(first, days.getLast().day()) + 1;
      Map<String, double[]> values = new TreeMap<>();
      for (CostDay day : days) {
        int at = (int) ChronoUnit.DAYS.between(first, day.day());
        of(values, account.id().value(), length)[at] = daily(day.monthly());
        day.byKind()
            .forEach(
                (kind, money) -> of(values, account.id() + " " + kind, length)[at] = daily(money));
      }
      values.forEach(
          (id, v) -> series.add(new Series(id, first.atStartOfDay().toInstant(ZoneOffset.UTC), v)));
    }
    return series;
  }

  private static double[] of(Map<String, double[]> values, String id, int length) {
    return values.computeIfAbsent(
        id,
        k -> {
          double[] none = new double[length];
          Arrays.fill(none, Double.NaN);
          return none;
        });
  }

  private static double daily(Money monthly) {
    return monthly.dollars().doubleValue() / DAYS_OF_A_MONTH;
  }
}
