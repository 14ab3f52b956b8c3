package dev.steward.api.client;

import dev.steward.api.ListFilter;
import dev.steward.api.QueryParameter;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.domain.holdings.Derived;
import dev.steward.domain.holdings.Holding;
import dev.steward.domain.holdings.Holdings;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Coverage;
import dev.steward.model.Discovery;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.Onboarding;
import dev.steward.model.Permission;
import dev.steward.model.Problem;
import dev.steward.model.RunStatus;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    public static CoverageView of(Holding holding) {
      return new CoverageView(
          holding.asked().values().stream().mapToInt(Integer::intValue).sum(),
          holding.asked(Coverage.ANSWERED),
          holding.asked(Coverage.DENIED),
          holding.asked(Coverage.THROTTLED),
          holding.asked(Coverage.FAILED),
          holding.asked(Coverage.UNAVAILABLE),
          holding.asked(Coverage.SKIPPED),
          holding.gaps().size());
    }
  }

  /**
   * How many have no known price, so that the sums of the same names leave them out.
   *
   * @param monthlyCost resources; null until a discovery has counted them
   * @param potentialSaving open findings
   */
  public record Unpriced(@Nullable Integer monthlyCost, int potentialSaving) {
    static Unpriced of(Holding holding) {
      return new Unpriced(holding.uncosted(), holding.potentialSaving().unpriced());
    }
  }

  /** How an account stands. */
  public enum Standing {
    /** Somebody has begun to connect it, and nothing is proven yet. */
    PENDING,
    CONNECTED,
    /** Some features lack permissions. */
    DEGRADED,
    /** The last verification was refused, or everything that the last discovery asked. */
    FAILED;

    static Standing of(Account.Status status) {
      return switch (status) {
        case CONNECTED -> CONNECTED;
        case DEGRADED -> DEGRADED;
        case FAILED -> FAILED;
      };
    }
  }

  /**
   * @param id of a pending one: the onboarding's
   * @param accountId 12 digits; null while it is not proven which account it is
   * @param accountName the name again, as the replaced backend says it
   * @param monthlyCost an estimate at list price
   * @param findings open ones
   * @param connectedAt null while it is pending
   */
  public record AccountView(
      String id,
      @Nullable String accountId,
      String name,
      String accountName,
      Standing status,
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
      @Nullable Instant connectedAt) {}

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

  /** An account by any of its names. */
  public static final QueryParameter<String> ACCOUNT =
      QueryParameter.text("account").means("its id, its 12 digits, or the id of its onboarding");

  /** A region by its name, as the rules of bodies have it. */
  public static final String REGION_NAME = "[a-z]{2}(-[a-z]+)+-\\d";

  public static final String REGION_MUST = "must be a region such as eu-central-1";

  public static final QueryParameter<String> REGION =
      QueryParameter.text(
          "region", "[a-z0-9-]{1,40}", "must be a region such as eu-central-1, or global");

  /** Leaves the rows of one account. */
  public static <R> ListFilter<R> of(Function<R, AccountId> account) {
    return ListFilter.by(
        ACCOUNT,
        (own, id) -> find(own, id).id(),
        (row, wanted) -> wanted.equals(account.apply(row)));
  }

  private static final Derived<List<Onboarding>> PENDING =
      Derived.of(
          List.of(Tables.ONBOARDINGS),
          own -> own.all(Tables.ONBOARDINGS).filter(Onboarding::isPending).toList());

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

  /** Every account, and those that somebody has begun to connect. */
  static Stream<AccountView> all(Own own) {
    return Stream.concat(
        own.all(Tables.ACCOUNTS).map(a -> view(own, a)),
        pending(own).stream().map(AccountViews::view));
  }

  /** Those that somebody has begun to connect: few of all that there ever were. */
  static List<Onboarding> pending(Own own) {
    return PENDING.of(own);
  }

  public static AccountView view(Own own, Account a) {
    Holding holding = Holdings.of(own).in(a);
    Optional<Discovery> discovery = own.find(Tables.DISCOVERIES, a.id().value());
    return new AccountView(
        a.id().value(),
        a.awsAccount().value(),
        a.name(),
        a.name(),
        Standing.of(a.status()),
        a.connectionMethod(),
        a.environment(),
        a.regions().isEmpty() ? discovery.map(Discovery::regions).orElse(List.of()) : a.regions(),
        a.tags(),
        holding.resources(),
        holding.monthlyCost(),
        holding.findings(),
        holding.potentialSaving().amount(),
        Unpriced.of(holding),
        discovery.map(Discovery::finishedAt).orElse(null),
        discovery.map(Discovery::status).orElse(null),
        CoverageView.of(holding),
        a.connectedAt());
  }

  /** One that is not connected yet: nothing is known of it, and nothing counts as none. */
  private static AccountView view(Onboarding o) {
    return new AccountView(
        o.id().value(),
        null,
        o.name(),
        o.name(),
        Standing.PENDING,
        o.method(),
        o.environment(),
        List.of(),
        Map.of(),
        0,
        Money.ZERO,
        0,
        Money.ZERO,
        new Unpriced(null, 0),
        null,
        null,
        CoverageView.of(Holding.NONE),
        null);
  }

  /**
   * @param id the account's id, its 12 digits, or the id of its onboarding, connected or not
   * @throws dev.steward.model.ProblemException NOT_FOUND, also when it is another organization's
   */
  static AccountDetail detail(Own own, String id, WordDesk words) {
    return own.find(Tables.ONBOARDINGS, id)
        .filter(Onboarding::isPending)
        .map(o ->
            new AccountDetail(
                view(o), o.roleArn(), o.id().value(), o.permissions(), List.of(), null))
        .orElseGet(() -> detail(own, find(own, id), words));
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
