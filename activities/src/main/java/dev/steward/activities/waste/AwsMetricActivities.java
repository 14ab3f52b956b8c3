package dev.steward.activities.waste;

import dev.steward.aws.AwsAccess;
import dev.steward.model.Account;
import dev.steward.model.Coverage;
import dev.steward.model.Resource;
import dev.steward.model.Scan;
import dev.steward.model.Scan.MetricCoverage;
import dev.steward.storage.Chunks;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.waste.MetricActivities;
import java.util.Optional;

/** Reads daily and hourly values from CloudWatch, as many series a call as it takes. */
public final class AwsMetricActivities implements MetricActivities {
  private final Store store;
  private final AwsAccess aws;

  public AwsMetricActivities(Store store, AwsAccess aws) {
    this.store = store;
    this.aws = aws;
  }

  @Override
  public Answer read(Question question) {
    Optional<Account> account = store.state().find(Tables.ACCOUNTS, question.account().value());
    Optional<Scan> scan = store.state().find(Tables.SCANS, question.scan().value());
    if (account.isEmpty() || scan.isEmpty()) return new Answer(Coverage.SKIPPED, 0, 0);
    // All series of a scan end when it began, so that whoever reads them later knows their hours.
    return record(
        question,
        KindMetrics.read(
            aws,
            account.get(),
            Chunks.resources(
                store.state(),
                Chunks.inventoryKey(question.account(), question.region(), question.kind())),
            false,
            scan.get().startedAt(),
            Resource::id));
  }

  private Answer record(Question question, KindMetrics read) {
    String key = Chunks.metricsKey(question.account(), question.region(), question.kind());
    Chunks.Packed packed =
        Chunks.packMetrics(key, question.account(), question.scan().value(), read.series());
    return store.write(transaction -> {
      Optional<Scan> scan =
          transaction.find(Tables.SCANS, question.scan().value()).filter(s -> !s.status().isOver());
      if (scan.isEmpty()) return new Answer(Coverage.SKIPPED, read.asked(), read.silent());
      packed.put(transaction);
      transaction.put(
          Tables.SCANS,
          scan.get()
              .measured(
                  new MetricCoverage(
                      question.region(),
                      question.kind(),
                      read.coverage(),
                      read.asked(),
                      read.silent(),
                      read.detail()))
              .running(Math.min(90, scan.get().progress() + question.share())));
      return new Answer(read.coverage(), read.asked(), read.silent());
    });
  }
}
