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
 * @param doubts the coverage of what was asked only about what was in doubt
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
    int unpriced,
    List<DoubtCoverage> doubts) {

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

  /**
   * One question about what would be waste but for the answer, of one kind in one region.
   *
   * @param question what was asked, as {@code launch permissions} or {@code metrics}
   * @param asked about how many resources
   * @param detail why not all of it was answered
   */
  public record DoubtCoverage(
      String region,
      String kind,
      String question,
      Coverage coverage,
      int asked,
      @Nullable String detail) {}

  public Scan {
    checks = List.copyOf(checks);
    metrics = List.copyOf(metrics);
    // Rows from before there were such lines have none.
    doubts = doubts == null ? List.of() : List.copyOf(doubts);
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

  /** The lines replace all that there were: asking again asks everything again. */
  public Scan doubted(List<DoubtCoverage> lines) {
    return ScanBuilder.builder(this).doubts(lines).build();
  }

  /** Whether something that was asked for was not answered. */
  public boolean hasGaps() {
    return metrics.stream().anyMatch(line -> line.coverage().isGap())
        || doubts.stream().anyMatch(line -> line.coverage().isGap());
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
