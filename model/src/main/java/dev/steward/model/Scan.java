package dev.steward.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A waste scan of an account.
 *
 * @param progress percent, 0 to 100
 * @param checks what each check came to
 * @param metrics the coverage of the metrics that were asked for
 * @param saving of the open findings whose price is known
 * @param unpriced how many open findings have no price
 */
@Copied
public record Scan(
    ScanId id,
    OrganizationId organization,
    AccountId account,
    RunStatus status,
    int progress,
    List<CheckResult> checks,
    List<MetricCoverage> metrics,
    Money saving,
    @Nullable String error,
    Instant startedAt,
    @Nullable Instant finishedAt,
    int unpriced) {

  /**
   * Counts of one check: resources judged waste, judged fine, and not judged for want of data.
   *
   * @param saving of the waste whose price is known
   * @param unpriced how many of the waste have no price
   */
  public record CheckResult(
      String check,
      int waste,
      int fine,
      int unknown,
      List<String> unknownReasons,
      Money saving,
      int unpriced) {
    public CheckResult {
      unknownReasons = List.copyOf(unknownReasons);
    }
  }

  /**
   * The metrics of one kind in one region: resources asked about, and those that had no datapoint.
   */
  public record MetricCoverage(
      String region,
      String kind,
      Coverage coverage,
      int asked,
      int noDatapoints,
      @Nullable String detail) {}

  public Scan {
    checks = List.copyOf(checks);
    metrics = List.copyOf(metrics);
  }

  public Scan running(int percent) {
    return ScanBuilder.builder(this)
        .status(RunStatus.RUNNING)
        .progress(percent)
        .finishedAt(null)
        .build();
  }

  public Scan measured(MetricCoverage line) {
    List<MetricCoverage> lines = new java.util.ArrayList<>(metrics);
    lines.removeIf(l -> l.region().equals(line.region()) && l.kind().equals(line.kind()));
    lines.add(line);
    return ScanBuilder.builder(this).metrics(lines).finishedAt(null).build();
  }

  public Scan finished(
      RunStatus how, List<CheckResult> results, MoneySum total, @Nullable String why, Instant at) {
    return ScanBuilder.builder(this)
        .status(how)
        .progress(100)
        .checks(results)
        .saving(total.amount())
        .error(why)
        .finishedAt(at)
        .unpriced(total.unpriced())
        .build();
  }
}
