package dev.steward.domain.governance.desk;

import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Account;
import dev.steward.model.Exemption;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.KeptWord;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps an organization's dismissals and exemptions over a disconnection of the account. */
public final class WordDesk {
  private final Office office;
  private final FindingDesk findings;

  public WordDesk(Office office, FindingDesk findings) {
    this.office = office;
    this.findings = findings;
  }

  /** How many of each. */
  public record Count(int dismissals, int exemptions) {
    public static Count of(KeptWord word) {
      return new Count(word.dismissed().size(), word.exemptions().size());
    }
  }

  /** What still waits for an answer: exemptions that have ended meanwhile do not. */
  public Optional<KeptWord> waiting(State state, Account account) {
    return waiting(state, account, office.now());
  }

  private static Optional<KeptWord> waiting(State state, Account account, Instant now) {
    return state
        .find(Tables.KEPT_WORDS, KeptWord.key(account.organization(), account.awsAccount()))
        .map(word ->
            new KeptWord(
                word.organization(),
                word.awsAccount(),
                word.dismissed(),
                word.exemptions().stream().filter(e -> now.isBefore(e.until())).toList(),
                word.keptAt()))
        .filter(word -> !word.dismissed().isEmpty() || !word.exemptions().isEmpty());
  }

  /** Tells that an account that was just connected again has some waiting. */
  public static void announce(Transaction t, Account account, Instant now) {
    waiting(t.state(), account, now)
        .map(Count::of)
        .ifPresent(count ->
            Events.append(
                t,
                account.organization(),
                "account.judgements_kept",
                account.id().value(),
                count.dismissals() + " dismissals and " + count.exemptions() + " exemptions",
                now));
  }

  /**
   * Before the account and its findings are removed. What an earlier disconnection left unanswered
   * stays; of the same finding the newer word counts.
   */
  public Count keep(Transaction t, Account account) {
    Instant now = office.now();
    List<Finding> dismissed =
        t.rows(Tables.FINDINGS)
            .where("account", account.id().value())
            .filter(f -> f.state() == Finding.State.DISMISSED)
            .toList();
    List<Exemption> exemptions =
        t.own(account.organization())
            .all(Tables.EXEMPTIONS)
            .filter(e -> account.id().equals(e.account()))
            .toList();
    exemptions.forEach(e -> t.remove(Tables.EXEMPTIONS, e.id().value()));
    Optional<KeptWord> earlier = waiting(t.state(), account, now);
    Set<String> newer = dismissed.stream().map(WordDesk::what).collect(Collectors.toSet());
    KeptWord word =
        new KeptWord(
            account.organization(),
            account.awsAccount(),
            Stream.concat(
                    earlier.stream()
                        .flatMap(w -> w.dismissed().stream())
                        .filter(old -> !newer.contains(what(old))),
                    dismissed.stream())
                .toList(),
            Stream.concat(
                    earlier.stream().flatMap(w -> w.exemptions().stream()),
                    exemptions.stream().filter(e -> now.isBefore(e.until())))
                .toList(),
            now);
    if (word.dismissed().isEmpty() && word.exemptions().isEmpty())
      t.remove(Tables.KEPT_WORDS, word.key());
    else t.put(Tables.KEPT_WORDS, word);
    return Count.of(word);
  }

  private static String what(Finding finding) {
    return WasteDetector.key(finding.check(), finding.region(), finding.resource());
  }

  /**
   * It still holds. A finding that somebody has judged since is left as it is; one that no scan has
   * found yet is dismissed already when a scan finds it, and resolved when none does.
   */
  public Count restore(Transaction t, Account account, KeptWord word, String who) {
    for (Finding old : word.dismissed()) {
      FindingId id = FindingDesk.id(account.id(), old.check(), old.region(), old.resource());
      Optional<Finding> now = t.find(Tables.FINDINGS, id.value());
      if (now.isEmpty()) t.put(Tables.FINDINGS, old.moved(id, account.id()));
      else if (now.get().state() == Finding.State.OPEN)
        t.put(
            Tables.FINDINGS,
            now.get().judged(Finding.State.DISMISSED, Objects.requireNonNull(old.judgement())));
    }
    findings.hold(t, account, word.exemptions().stream().map(e -> e.moved(account.id())).toList());
    return answered(t, account, word, who, "account.judgements_restored");
  }

  /** It does not hold any more. */
  public Count forget(Transaction t, Account account, KeptWord word, String who) {
    return answered(t, account, word, who, "account.judgements_forgotten");
  }

  private Count answered(Transaction t, Account account, KeptWord word, String who, String what) {
    t.remove(Tables.KEPT_WORDS, word.key());
    Count count = Count.of(word);
    office.tell(
        t,
        account.organization(),
        who,
        what,
        account.id().value(),
        Map.of(
            "dismissals", String.valueOf(count.dismissals()),
            "exemptions", String.valueOf(count.exemptions())));
    return count;
  }
}
