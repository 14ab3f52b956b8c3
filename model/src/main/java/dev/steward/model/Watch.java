package dev.steward.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How forecasts of a model that is served turn out: what was said before the outcomes were known.
 *
 * @param shadow the version that predicts beside the one that is served; null if none does
 * @param pending the blob with what was said and has no outcomes yet; null if nothing waits
 * @param due when its outcomes are known
 * @param rounds the newest last, at most {@link #MOST}
 * @param drift what the last look came to; null before the first
 * @param retrain whether drift starts a training
 * @param retrainedAt when it last did
 */
@Copied
public record Watch(
    OrganizationId organization,
    String model,
    @Nullable Integer shadow,
    @Nullable String pending,
    @Nullable Instant due,
    List<Round> rounds,
    @Nullable Drift drift,
    boolean retrain,
    @Nullable Instant retrainedAt) {
  /** Older rounds are forgotten. */
  public static final int MOST = 30;

  /**
   * A horizon whose outcomes are known.
   *
   * @param origin when it was forecast
   * @param served the version that was served; 0 for the rule
   * @param shadow the version beside it; null if there was none
   * @param independent about how many of the outcomes tell something of their own: one a season of
   *     each series
   * @param coverage the share of the outcomes within the served 95 % interval
   * @param errors of the served version, one a series, scaled
   * @param shadowErrors of the shadow, for the same series; empty if there was none
   * @param shadowCoverage the same of the shadow; null if there was none
   */
  public record Round(
      Instant origin,
      Instant end,
      int served,
      @Nullable Integer shadow,
      int independent,
      double coverage,
      double[] errors,
      double[] shadowErrors,
      @Nullable Double shadowCoverage) {}

  /**
   * Whether the world is still the one that was learnt.
   *
   * @param series how many were looked at
   * @param changed the series whose values are spread otherwise than before, the worst first
   * @param worst the largest population stability index
   * @param coverage of the served version's intervals in its rounds; null without any
   * @param low and {@code high}: where chance alone leaves it in 99 of 100 cases
   * @param inputs whether too many series have changed
   * @param intervals whether the coverage is out of its band
   */
  public record Drift(
      Instant at,
      int series,
      List<String> changed,
      double worst,
      @Nullable Double coverage,
      double low,
      double high,
      boolean inputs,
      boolean intervals) {
    public Drift {
      changed = List.copyOf(changed);
    }

    public boolean any() {
      return inputs || intervals;
    }
  }

  public Watch {
    rounds = List.copyOf(rounds);
  }

  public static Watch of(OrganizationId organization, String model) {
    return new Watch(organization, model, null, null, null, List.of(), null, false, null);
  }

  public String key() {
    return RegisteredModel.key(organization, model);
  }

  /** What waits was said beside another shadow, so it does not count. */
  public Watch beside(@Nullable Integer version) {
    return WatchBuilder.builder(this).shadow(version).pending(null).due(null).build();
  }

  public Watch waiting(String blob, Instant until) {
    return WatchBuilder.builder(this).pending(blob).due(until).build();
  }

  /** What waited has its outcomes, or will never have any. */
  public Watch over(@Nullable Round round) {
    List<Round> more = new ArrayList<>(rounds);
    if (round != null) more.add(round);
    return WatchBuilder.builder(this)
        .pending(null)
        .due(null)
        .rounds(more.subList(Math.max(0, more.size() - MOST), more.size()))
        .build();
  }

  public Watch seen(Drift now) {
    return WatchBuilder.builder(this).drift(now).build();
  }

  public Watch retraining(boolean wanted, @Nullable Instant last) {
    return WatchBuilder.builder(this).retrain(wanted).retrainedAt(last).build();
  }

  /** The rounds in which this version was the shadow. */
  public Stream<Round> roundsOf(int version) {
    return rounds.stream().filter(r -> r.shadow() != null && r.shadow() == version);
  }
}
