package dev.steward.domain.governance.desk;

import dev.steward.model.OrganizationId;
import dev.steward.storage.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The door of Temporal's own tools: asks for proofs, and writes down what it turned away. What
 * anybody may send without end is not written down without end.
 */
public final class TemporalDoor {
  private static final int TOLD = 20;
  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_NAME = 100;

  private final Office office;
  private final TemporalTokens tokens;

  /** How often something was turned away at each run, by this process. */
  private final Map<String, Integer> turnedAway =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  public TemporalDoor(Office office, TemporalTokens tokens) {
    this.office = office;
    this.tokens = tokens;
  }

  public TemporalTokens tokens() {
    return tokens;
  }

  /**
   * Writes down that something was turned away: the first twenty times for each subject.
   *
   * @param by the name that was given, which nothing proves
   */
  public void refused(
      Transaction t,
      OrganizationId organization,
      String type,
      String subject,
      @Nullable String by,
      String why) {
    synchronized (turnedAway) {
      if (turnedAway.merge(subject, 1, Integer::sum) > TOLD) return;
    }
    String named = by == null ? "" : by.substring(0, Math.min(LONGEST_NAME, by.length()));
    Map<String, String> detail = new TreeMap<>();
    detail.put("channel", "temporal");
    detail.put("named", named);
    detail.put("why", why);
    detail.put("summary", "refused, by Temporal: " + why);
    office.tell(t, organization, "steward", type, subject, detail);
  }

  /** Writes down what was done. */
  public void done(
      Transaction t,
      OrganizationId organization,
      String type,
      String subject,
      String who,
      String what) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("channel", "temporal");
    detail.put("summary", who + ": " + what);
    office.tell(t, organization, who, type, subject, detail);
  }
}
