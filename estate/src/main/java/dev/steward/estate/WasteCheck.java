package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A rule over one kind of resource.
 *
 * @param version raised whenever the rule would decide otherwise on the same data
 * @param needs the other kinds it must see in the region to decide
 * @param metrics the metric ids of its kind that it reads
 * @param remediations what can be done about it
 * @param standsBack the checks that tell of a resource instead of this one, where both find it
 * @param looksTwice whether it asks about what would be waste but for the answer
 * @param lastDay what the last day must show before a step acts on what it found; null where it
 *     does not look at use
 */
public record WasteCheck(
    String id,
    String title,
    String kind,
    int version,
    List<String> needs,
    List<String> metrics,
    List<Threshold> thresholds,
    List<String> remediations,
    List<StandsBack> standsBack,
    boolean looksTwice,
    @Nullable LastDay lastDay,
    Rule rule) {

  /** Decides about one resource; pure. */
  @FunctionalInterface
  public interface Rule {
    Verdict judge(Resource resource, Sight sight);
  }

  /**
   * Of a resource that two checks find, one tells: its money is counted once, and the plan is the
   * one that saves more. A check stands back only for what the other one really tells, with the
   * settings in force: one that is switched off tells nothing, and neither does one whose
   * thresholds the resource does not meet, nor one whose finding a person dismissed or exempted:
   * they spoke of that finding alone. Checks whose conditions exclude each other need not say so.
   *
   * @param before the other check, of the same kind
   * @param why what makes the other one the better finding
   */
  public record StandsBack(String before, String why) {}

  public WasteCheck {
    needs = List.copyOf(needs);
    metrics = List.copyOf(metrics);
    thresholds = List.copyOf(thresholds);
    remediations = List.copyOf(remediations);
    standsBack = List.copyOf(standsBack);
  }

  /** A check; its kind is that in whose row it stands. */
  public static Row of(String id, String title) {
    return new Row(id, title);
  }

  /** A check being written. */
  public static final class Row {
    private final String id;
    private final String title;
    private int version = 1;
    private List<String> needs = List.of();
    private List<String> metrics = List.of();
    private final List<Threshold> thresholds = new ArrayList<>();
    private List<String> remediations = List.of();
    private final List<StandsBack> standsBack = new ArrayList<>();
    private boolean looksTwice;
    private @Nullable LastDay lastDay;
    private @Nullable Function<Kind.OfChecks, Rule> rule;

    private Row(String id, String title) {
      this.id = id;
      this.title = title;
    }

    public Row version(int number) {
      version = number;
      return this;
    }

    public Row needs(String... kinds) {
      needs = List.of(kinds);
      return this;
    }

    public Row reads(String... ids) {
      metrics = List.of(ids);
      return this;
    }

    public Row threshold(Threshold threshold) {
      thresholds.add(threshold);
      return this;
    }

    public Row answeredBy(String... actions) {
      remediations = List.of(actions);
      return this;
    }

    public Row standsBackFor(String check, String why) {
      standsBack.add(new StandsBack(check, why));
      return this;
    }

    /** It returns {@link Verdict#doubt} before a scan has asked. */
    public Row looksTwice() {
      looksTwice = true;
      return this;
    }

    public Row lastDay(LastDay.Bound... bounds) {
      lastDay = new LastDay(List.of(bounds));
      return this;
    }

    public Row rule(Rule judge) {
      return rule(of -> judge);
    }

    /** One that needs what else its kind's row says. */
    public Row rule(Function<Kind.OfChecks, Rule> made) {
      rule = made;
      return this;
    }

    WasteCheck of(Kind.OfChecks kind) {
      if (rule == null) throw new IllegalArgumentException(id + " has no rule");
      return new WasteCheck(
          id,
          title,
          kind.id(),
          version,
          needs,
          metrics,
          thresholds,
          remediations,
          standsBack,
          looksTwice,
          lastDay,
          rule.apply(kind));
    }
  }
}
