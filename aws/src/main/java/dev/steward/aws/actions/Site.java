package dev.steward.aws.actions;

import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.estate.CarriedTags;
import dev.steward.estate.Catalogue;
import dev.steward.estate.Kept;
import dev.steward.estate.Losses;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where a step is carried out.
 *
 * @param mark the step's name, unique in the world: whatever the step makes carries it, so that a
 *     second try finds what the first one made
 * @param recipe what was written down before the first call
 * @param alive tells that the work is not dead; throws when it was cancelled
 */
public record Site(
    RegionClients clients, PlanStep step, String mark, Map<String, String> recipe, Runnable alive) {
  /** The tag on what a step made. */
  public static final String STEP_TAG = Kept.STEP_TAG;

  /** The tag on what an undo made. */
  public static final String UNDO_TAG = Losses.UNDO_TAG;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  public Optional<Resource> read() {
    return Lister.read(Catalogue.kind(step.kind()), clients, step.resource());
  }

  public String id() {
    return step.resource();
  }

  public String note(String key) {
    return recipe.getOrDefault(key, "");
  }

  /**
   * The tags for what is made again of the resource: those that it had when it was planned, and the
   * step's mark under this key.
   */
  public Map<String, String> marked(String key) {
    return CarriedTags.with(step.kind(), tags(), key, mark);
  }

  /** The tags that the resource had when it was planned; AWS's own are not watched. */
  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    step.before()
        .forEach((fact, value) -> {
          if (fact.startsWith("tag:")) tags.put(fact.substring("tag:".length()), value);
        });
    return tags;
  }

  /** A name for AWS that is made of the mark alone. */
  public String name() {
    return "steward-" + mark.replace('_', '-').replace('/', '-');
  }

  /** Waits until it is so; how long is for the caller's time-out to say. */
  public void until(String what, Supplier<Boolean> so) {
    long pause = 50;
    while (true) {
      alive.run();
      if (so.get()) return;
      try {
        TimeUnit.MILLISECONDS.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApplicationFailure.newFailure("interrupted while waiting until " + what, "Waiting");
      }
      pause = Math.min(LONGEST_PAUSE.toMillis(), pause * 2);
    }
  }

  public void untilGone() {
    until(id() + " is gone", () -> read().isEmpty());
  }

  public void untilState(String state) {
    until(id() + " is " + state, () -> read().map(r -> state.equals(r.state())).orElse(false));
  }
}
