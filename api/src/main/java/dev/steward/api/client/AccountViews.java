package dev.steward.api.client;

import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.model.Account;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Coverage;
import dev.steward.model.Discovery;
import dev.steward.model.Finding;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.Permission;
import dev.steward.model.Problem;
import dev.steward.model.RunStatus;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How accounts look from outside, and how they are found. */
public final class AccountViews {
  /**
   * How much of what was asked was answered.
   *
   * @param gaps denied, throttled, failed or skipped questions
   */
  public record CoverageView(
      int asked,
      int answered,
      int denied,
      int throttled,
      int failed,
      int unavailable,
      int skipped,
      int gaps) {
    public static CoverageView of(List<Listing> lines) {
      int gaps = (int) lines.stream().filter(l -> l.coverage().isGap()).count();
      return new CoverageView(
          lines.size(),
          count(lines, Coverage.ANSWERED),
          count(lines, Coverage.DENIED),
          count(lines, Coverage.THROTTLED),
          count(lines, Coverage.FAILED),
          count(lines, Coverage.UNAVAILABLE),
          count(lines, Coverage.SKIPPED),
          gaps);
    }

    private static int count(List<Listing> lines, Coverage coverage) {
      return (int) lines.stream().filter(l -> l.coverage() == coverage).count();
    }
  }

  /**
   * How many have no known price, so that the sums of the same names leave them out.
   *
   * @param monthlyCost resources; null until a discovery has counted them
   * @param potentialSaving open findings
   */
  public record Unpriced(@Nullable Integer monthlyCost, int potentialSaving) {}

  /**
   * @param monthlyCost an estimate at list price
   * @param findings open ones
   */
  public record AccountView(
      String id,
      String accountId,
      String name,
      Account.Status status,
      ConnectionMethod connectionMethod,
      String environment,
      List<String> regions,
      Map<String, String> tags,
      int resources,
      Money monthlyCost,
      int findings,
      Money potentialSaving,
      Unpriced unpriced,
      @Nullable Instant lastDiscovery,
      @Nullable RunStatus discoveryStatus,
      CoverageView coverage,
      Instant connectedAt) {}

  /**
   * With what the account may do, and what it cannot for want of permissions.
   *
   * @param keptJudgements what was said of it before it was disconnected, while nobody has said
   *     whether that still holds
   */
  public record AccountDetail(
      AccountView account,
      @Nullable String roleArn,
      String onboarding,
      List<Permission> permissions,
      List<String> degradedFeatures,
      WordDesk.@Nullable Count keptJudgements) {}

  private AccountViews() {}

  /**
   * @param id the account's id, its 12 digits, or the id of its onboarding
   * @throws dev.steward.model.ProblemException NOT_FOUND, also when it is another organization's
   */
  public static Account find(Own own, String id) {
    return own.find(Tables.ACCOUNTS, id)
        .or(() -> own.where(Tables.ACCOUNTS, "aws_account", id).findFirst())
        .or(() ->
            own.find(Tables.ONBOARDINGS, id)
                .flatMap(o -> Optional.ofNullable(o.account()))
                .flatMap(a -> own.find(Tables.ACCOUNTS, a.value())))
        .orElseThrow(() -> Problem.notFound(Tables.ACCOUNTS.noun()));
  }

  public static List<Listing> listings(Own own, Account account) {
    return own.under(Tables.ACCOUNTS, account.id().value(), Tables.LISTINGS).toList();
  }

  public static Stream<Finding> openFindings(Own own, Account account) {
    return Scope.open(own.under(Tables.ACCOUNTS, account.id().value(), Tables.FINDINGS));
  }

  static Money cost(List<Listing> lines) {
    return lines.stream().map(Listing::monthlyCost).reduce(Money.ZERO, Money::plus);
  }

  static MoneySum saving(List<Finding> findings) {
    return MoneySum.of(findings.stream(), Finding::saving);
  }

  static Unpriced unpriced(List<Listing> lines, List<Finding> findings) {
    return new Unpriced(uncosted(lines), saving(findings).unpriced());
  }

  /** How many resources have no price; null where a line is older than their being counted. */
  static @Nullable Integer uncosted(List<Listing> lines) {
    int unpriced = 0;
    for (Listing line : lines) {
      Integer own = line.unpriced();
      if (own == null) return null;
      unpriced += own;
    }
    return unpriced;
  }

  public static AccountView view(Own own, Account a) {
    List<Listing> lines = listings(own, a);
    List<Finding> findings = openFindings(own, a).toList();
    Optional<Discovery> discovery = own.find(Tables.DISCOVERIES, a.id().value());
    return new AccountView(
        a.id().value(),
        a.awsAccount().value(),
        a.name(),
        a.status(),
        a.connectionMethod(),
        a.environment(),
        a.regions().isEmpty() ? discovery.map(Discovery::regions).orElse(List.of()) : a.regions(),
        a.tags(),
        lines.stream().mapToInt(Listing::resources).sum(),
        cost(lines),
        findings.size(),
        saving(findings).amount(),
        unpriced(lines, findings),
        discovery.map(Discovery::finishedAt).orElse(null),
        discovery.map(Discovery::status).orElse(null),
        CoverageView.of(lines),
        a.connectedAt());
  }

  static AccountDetail detail(Own own, Account a, WordDesk words) {
    return new AccountDetail(
        view(own, a),
        a.roleArn(),
        a.onboarding().value(),
        a.permissions(),
        a.degraded(),
        words.waiting(own.state(), a).map(WordDesk.Count::of).orElse(null));
  }
}
