package dev.steward.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waste, with what shows it and what it costs.
 *
 * @param saving a month's, in US dollars, at list price; null where the price is not known
 * @param evidence what the rule read: values, windows, datapoint counts
 * @param priceBook version of the prices used
 * @param ruleVersion version of the rule, so that the finding can be computed again
 * @param unobserved why it is no longer looked at; null unless its state says so
 * @param actions what can be done about it as it was found, the first by default; empty where it is
 *     advice, null in a row from before they were kept
 */
@Copied
public record Finding(
    FindingId id,
    OrganizationId organization,
    AccountId account,
    ScanId scan,
    String check,
    String kind,
    String region,
    String resource,
    @Nullable String resourceName,
    State state,
    @Nullable Money saving,
    Confidence confidence,
    Map<String, Fact> evidence,
    String priceBook,
    int ruleVersion,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable Instant resolvedAt,
    @Nullable Judgement judgement,
    @Nullable String unobserved,
    @Nullable List<String> actions) {
  /**
   * What a person said of it.
   *
   * @param until when an exemption ends
   */
  public record Judgement(String by, String reason, @Nullable Instant until, Instant at) {}

  /** RESOLVED: a later scan with full sight of the resource no longer finds it. */
  public enum State {
    OPEN,
    RESOLVED,
    /** Somebody says that it is no waste. */
    DISMISSED,
    /** Left alone until a date. */
    EXEMPT,
    /**
     * No longer looked at: the check is switched off, or the region is left out. It may be waste or
     * not, so it counts nowhere, and is neither open nor resolved.
     */
    UNOBSERVED
  }

  public enum Confidence {
    LOW,
    MEDIUM,
    HIGH
  }

  public Finding {
    evidence = Map.copyOf(evidence);
    actions = actions == null ? null : List.copyOf(actions);
  }

  public Finding resolved(Instant at) {
    return FindingBuilder.builder(this)
        .state(State.RESOLVED)
        .resolvedAt(at)
        .unobserved(null)
        .build();
  }

  /** Dismissed, exempt, or open again: what a person says of it. */
  public Finding judged(State how, @Nullable Judgement said) {
    return FindingBuilder.builder(this)
        .state(how)
        .resolvedAt(null)
        .judgement(said)
        .unobserved(null)
        .build();
  }

  /** The same, of the same account connected anew. */
  public Finding moved(FindingId to, AccountId where) {
    return FindingBuilder.builder(this).id(to).account(where).build();
  }

  /** Nobody looks at it any more; it is open again as soon as a scan finds it again. */
  public Finding unobserved(String why) {
    return FindingBuilder.builder(this)
        .state(State.UNOBSERVED)
        .resolvedAt(null)
        .unobserved(why)
        .build();
  }
}
