package dev.steward.estate.catalogue;

import dev.steward.estate.KeepTag;
import dev.steward.estate.Kind;
import dev.steward.estate.Owners;
import dev.steward.estate.Remediation;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.CheckSettings;
import dev.steward.model.Fact;
import dev.steward.model.MoneySum;
import dev.steward.model.Resource;
import dev.steward.model.Scan.CheckResult;
import dev.steward.model.Undecided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs every check over an account. Pure: the same sight gives the same report. */
public final class WasteDetector {
  /** In a finding's evidence: who else looks after the resource. */
  public static final String MANAGED_BY = "managed_by";

  private WasteDetector() {}

  /** One verdict of waste. */
  public record Hit(WasteCheck check, Resource resource, Verdict.Waste waste) {
    /** Of the check's actions those that could be planned; none where the finding is advice. */
    public List<String> actions() {
      return check.remediations().stream()
          .flatMap(id -> Catalogue.remediation(id).stream())
          .filter(action -> action.suits(resource, waste.evidence()))
          .map(Remediation::id)
          .toList();
    }
  }

  /**
   * @param undecided everything that a check could not decide: an open finding of it stays open
   */
  public record Report(List<Hit> hits, List<CheckResult> results, List<Undecided> undecided) {}

  /**
   * @param settings the organization's own, by check id
   */
  public static Report run(
      Collection<Resource> inventory, Sight sight, Map<String, CheckSettings> settings) {
    return run(inventory, sight, settings, Word.NONE);
  }

  /** What people and open undos say of resources, whatever a check finds. */
  public interface Word {
    Word NONE =
        new Word() {
          @Override
          public boolean judged(String check, Resource resource) {
            return false;
          }

          @Override
          public boolean needed(Resource resource) {
            return false;
          }
        };

    /** Whether a person dismissed or exempted what the check finds of the resource. */
    boolean judged(String check, Resource resource);

    /** Whether an undo may still need it, so that it is no waste. */
    boolean needed(Resource resource);
  }

  /**
   * @param settings the organization's own, by check id
   */
  public static Report run(
      Collection<Resource> inventory, Sight sight, Map<String, CheckSettings> settings, Word word) {
    List<Hit> hits = new ArrayList<>();
    List<CheckResult> results = new ArrayList<>();
    List<Undecided> undecided = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (WasteCheck check : inOrder()) {
      CheckSettings own = settings.get(check.id());
      if (own != null && !own.enabled()) continue;
      Sight seen = sight.with(thresholds(check, own));
      results.add(run(check, inventory, seen, word, told, hits, undecided));
    }
    return new Report(hits, results, undecided);
  }

  /**
   * What would be waste but for what nobody has asked yet, each once: about these a scan asks what
   * {@link Kind#doubts()} and metrics in doubt say, and then judges.
   */
  public static Set<Resource> doubts(
      Collection<Resource> inventory, Sight sight, Map<String, CheckSettings> settings, Word word) {
    Set<Resource> doubts = new LinkedHashSet<>();
    for (WasteCheck check : Catalogue.CHECKS) {
      CheckSettings own = settings.get(check.id());
      if (!check.looksTwice() || (own != null && !own.enabled())) continue;
      Sight seen = sight.with(thresholds(check, own));
      for (Resource resource : inventory)
        if (resource.kind().equals(check.kind())
            && !isLeft(resource, word)
            && judge(check, resource, seen) instanceof Verdict.Unknown unknown)
          doubts.addAll(unknown.ask());
    }
    return doubts;
  }

  /** People or an undo want it, whatever a check finds. */
  private static boolean isLeft(Resource resource, Word word) {
    return KeepTag.isOn(resource) || word.needed(resource);
  }

  /** Those for which others stand back come first. */
  private static List<WasteCheck> inOrder() {
    return Catalogue.CHECKS.stream().sorted(Comparator.comparing(WasteDetector::behind)).toList();
  }

  /** How many stand one behind the other before it. */
  private static int behind(WasteCheck check) {
    return check.standsBack().stream()
        .mapToInt(row -> 1 + behind(Catalogue.check(row.before()).orElseThrow()))
        .max()
        .orElse(0);
  }

  private static CheckResult run(
      WasteCheck check,
      Collection<Resource> inventory,
      Sight sight,
      Word word,
      Set<String> told,
      List<Hit> hits,
      List<Undecided> undecided) {
    int waste = 0;
    int fine = 0;
    int unknown = 0;
    TreeSet<String> reasons = new TreeSet<>();
    MoneySum saving = MoneySum.NONE;
    for (Resource resource : inventory) {
      if (!resource.kind().equals(check.kind())) continue;
      boolean left =
          isLeft(resource, word)
              || check.standsBack().stream()
                  .anyMatch(other -> told.contains(key(other.before(), resource)));
      Verdict verdict = left ? Verdict.FINE : judge(check, resource, sight);
      switch (verdict) {
        case Verdict.Waste w -> {
          waste++;
          saving = saving.plus(w.saving());
          hits.add(new Hit(check, resource, owned(w, resource)));
          if (!word.judged(check.id(), resource)) told.add(key(check.id(), resource));
        }
        case Verdict.Fine f -> fine++;
        case Verdict.Unknown u -> {
          unknown++;
          reasons.add(u.reason());
          undecided.add(
              new Undecided(
                  check.id(),
                  resource.kind(),
                  resource.region(),
                  resource.id(),
                  resource.name(),
                  u.reason()));
        }
      }
    }
    return new CheckResult(
        check.id(), waste, fine, unknown, List.copyOf(reasons), saving.amount(), saving.unpriced());
  }

  /** What could not be read of a resource is no fact: it is neither waste nor fine without it. */
  private static Verdict judge(WasteCheck check, Resource resource, Sight sight) {
    if (!resource.tagsKnown()) return Verdict.unknown("its tags could not be read");
    if (resource.missing() != null)
      return Verdict.unknown("it could not be read: " + resource.missing());
    return check.rule().judge(resource, sight);
  }

  /** Says in the evidence who else looks after the resource. */
  private static Verdict.Waste owned(Verdict.Waste waste, Resource resource) {
    List<String> owners = Owners.of(resource);
    if (owners.isEmpty()) return waste;
    Map<String, Fact> evidence = new LinkedHashMap<>(waste.evidence());
    evidence.put(MANAGED_BY, Fact.of(String.join(", ", owners)));
    return new Verdict.Waste(waste.saving(), waste.confidence(), evidence);
  }

  private static String key(String check, Resource resource) {
    return key(check, resource.region(), resource.id());
  }

  public static String key(String check, String region, String resource) {
    return check + "/" + region + "/" + resource;
  }

  /** The thresholds in force: the catalogue's defaults, overruled by the organization's. */
  public static Map<String, Double> thresholds(WasteCheck check, @Nullable CheckSettings own) {
    Map<String, Double> values = new HashMap<>();
    for (Threshold threshold : check.thresholds()) values.put(threshold.name(), threshold.value());
    if (own != null)
      own.thresholds().forEach((name, value) -> values.computeIfPresent(name, (n, old) -> value));
    return values;
  }
}
