package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Kept;
import dev.steward.estate.Parameter;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.ec2.SnapshotCopy;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Where a step is carried out.
 *
 * @param mark the step's name, unique in the world: whatever the step makes carries it, so that a
 *     second try finds what the first one made
 * @param recipe what was written down before the first call
 * @param alive tells that the work is not dead; throws when it was cancelled
 * @param pause taken between two looks
 */
public record Site(
    RegionClients clients,
    PlanStep step,
    String mark,
    Map<String, String> recipe,
    Runnable alive,
    Pause pause) {
  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    Pause REAL = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

    void take(Duration time) throws InterruptedException;
  }

  /** The tag on what a step made. */
  public static final String STEP_TAG = Kept.STEP_TAG;

  /** The tag on what an undo made. */
  public static final String UNDO_TAG = Kept.UNDO_TAG;

  /**
   * What AWS shows so often, over half a minute, is so: of what has just changed it may tell the
   * old for a while (EC2 API reference, Eventual consistency).
   */
  static final int LOOKS = 12;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  public Site(
      RegionClients clients,
      PlanStep step,
      String mark,
      Map<String, String> recipe,
      Runnable alive) {
    this(clients, step, mark, recipe, alive, Pause.REAL);
  }

  public Optional<Resource> read() {
    return Lister.read(Catalogue.kind(step.kind()), clients, step.resource());
  }

  public String id() {
    return step.resource();
  }

  /** The row of the step's action. */
  public Remediation row() {
    return Catalogue.remediation(step.action())
        .orElseThrow(() -> new IllegalArgumentException("no action " + step.action()));
  }

  /** Whether nothing is left of the resource. */
  boolean takesAway() {
    return "false".equals(step.after().get(Remediation.PRESENT));
  }

  /** What was said when the step was planned. */
  String given(Parameter parameter) {
    return parameter.in(step.parameters());
  }

  /** The region where a copy is kept; empty where none is. */
  Optional<RegionClients> elsewhere() {
    return SnapshotCopy.REGION.isGiven(step.parameters())
        ? Optional.of(clients.in(given(SnapshotCopy.REGION)))
        : Optional.empty();
  }

  public String note(String key) {
    return recipe.getOrDefault(key, "");
  }

  /**
   * The tags for what is made again of the resource: those that it had when it was planned, and the
   * step's mark under this key.
   */
  public Map<String, String> marked(String key) {
    return Catalogue.kind(step.kind()).carried().with(tags(), key, mark);
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
    look(what, Integer.MAX_VALUE, so);
  }

  /** Looks until it is so, so many times at most; whether it was. */
  private boolean look(String what, int times, Supplier<Boolean> so) {
    Duration next = FIRST_PAUSE;
    for (int look = 1; ; look++) {
      alive.run();
      if (so.get()) return true;
      if (look >= times) return false;
      try {
        pause.take(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApplicationFailure.newFailure("interrupted while waiting until " + what, "Waiting");
      }
      next = next.multipliedBy(2);
      if (next.compareTo(LONGEST_PAUSE) > 0) next = LONGEST_PAUSE;
    }
  }

  /** Whether it is so at each of {@link #LOOKS} looks. */
  boolean stays(String what, Supplier<Boolean> so) {
    return !look(what + " no more", LOOKS, () -> !so.get());
  }

  /** The resource, where AWS shows it again and again; only then was it not taken away. */
  Optional<Resource> settled() {
    return stays(id() + " is there", () -> read().isPresent()) ? read() : Optional.empty();
  }

  /** Makes a call about what was just made, which AWS may not know yet. */
  void onceKnown(String made, Runnable call) {
    AtomicReference<AwsServiceException> absent = new AtomicReference<>();
    boolean known =
        look(
            made + " is known",
            LOOKS,
            () -> {
              try {
                call.run();
                return true;
              } catch (AwsServiceException e) {
                if (!AwsError.isAbsent(e)) throw e;
                absent.set(e);
                return false;
              }
            });
    if (!known) throw absent.get();
  }

  public void untilGone() {
    until(id() + " is gone", () -> read().isEmpty());
  }

  public void untilState(String state) {
    until(id() + " is " + state, () -> read().map(r -> state.equals(r.state())).orElse(false));
  }
}
