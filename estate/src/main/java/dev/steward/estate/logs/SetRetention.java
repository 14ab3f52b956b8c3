package dev.steward.estate.logs;

import dev.steward.estate.Parameter;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Lets a log group forget what is old. */
public final class SetRetention {
  public static final String ID = "set_log_retention";

  /** Days that CloudWatch Logs takes as a retention (API reference, PutRetentionPolicy). */
  private static final Set<String> RETENTIONS =
      Set.of(
          "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545",
          "731", "1096", "1827", "2192", "2557", "2922", "3288", "3653");

  /** For how many days events are kept. */
  public static final Parameter DAYS =
      Parameter.of(
          "days",
          "90",
          (days, group, all) ->
              RETENTIONS.contains(days)
                  ? Optional.empty()
                  : Optional.of(
                      "must be one of the retentions that CloudWatch Logs takes, such as 30 or 90"));

  private SetRetention() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Set the retention", Risk.MEDIUM)
        .undoneBy("the retention is taken away again; what AWS has deleted meanwhile is gone")
        .needs("logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy")
        .watching(LogGroups.RETENTION_DAYS)
        .taking(DAYS)
        .leaves(LogGroups.RETENTION_DAYS, (group, parameters) -> DAYS.in(parameters))
        .money(SetRetention::money);
  }

  /** How much comes is not read, so what is stored is taken to have come evenly. */
  private static void money(StepMoney money) {
    Optional<Double> older = older(Double.parseDouble(DAYS.in(money.parameters())), money);
    Optional<Quote> stored = money.monthly();
    money
        .ends(
            "events older than the retention, if as many came every day",
            older.flatMap(share -> stored.map(all -> all.times(share))))
        .stays(
            "events that the retention keeps",
            older.flatMap(share -> stored.map(all -> all.times(1 - share))));
  }

  /** The share of what the log group has that is older than this. */
  private static Optional<Double> older(double days, StepMoney money) {
    Resource group = money.resource();
    Instant created = group.createdAt();
    Instant seen = money.seen();
    if (created == null || seen == null) return Optional.empty();
    double held =
        Math.min(
            Duration.between(created, seen).toSeconds() / 86_400.0,
            LogGroups.RETENTION_DAYS.of(group, Double.MAX_VALUE));
    return Optional.of(held <= days ? 0.0 : (held - days) / held);
  }
}
