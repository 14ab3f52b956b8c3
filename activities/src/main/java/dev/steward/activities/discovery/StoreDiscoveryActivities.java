package dev.steward.activities.discovery;

import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.waste.Scans;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.CostDay;
import dev.steward.model.Coverage;
import dev.steward.model.Discovery;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.Onboarding;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.RegionRef;
import dev.steward.storage.Chunks;
import dev.steward.storage.Events;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.discovery.DiscoveryActivities;
import dev.steward.workflows.discovery.DiscoveryWorkflow.Outcome;
import dev.steward.workflows.discovery.DiscoveryWorkflow.SkipRegion;
import dev.steward.workflows.discovery.ListingActivities.Question;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes how a discovery goes. */
public final class StoreDiscoveryActivities implements DiscoveryActivities {
  /** The line of the coverage record for the question which regions there are. */
  public static final String REGIONS = Scope.REGIONS;

  private final Store store;
  private final Inventory inventory;
  private final Scans scans;
  private final InstantSource clock;
  private final Function<Account, String> certainRegion;
  private final TemporalDoor door;

  /**
   * @param certainRegion a region that an account cannot have disabled
   */
  public StoreDiscoveryActivities(
      Store store,
      Inventory inventory,
      Scans scans,
      InstantSource clock,
      Function<Account, String> certainRegion,
      TemporalDoor door) {
    this.store = store;
    this.inventory = inventory;
    this.scans = scans;
    this.clock = clock;
    this.certainRegion = certainRegion;
    this.door = door;
  }

  @Override
  public boolean begin(DiscoveryRef input) {
    return store.<Boolean>write(transaction -> {
      Optional<Discovery> current = current(transaction, input);
      if (current.isEmpty() || current.get().status().isOver()) return false;
      transaction.put(Tables.DISCOVERIES, current.get().running(current.get().regions(), null));
      return true;
    });
  }

  private static Optional<Discovery> current(Transaction transaction, DiscoveryRef input) {
    if (transaction.find(Tables.ACCOUNTS, input.account().value()).isEmpty())
      return Optional.empty();
    return transaction
        .find(Tables.DISCOVERIES, input.account().value())
        .filter(d -> d.id().equals(input.discovery()));
  }

  @Override
  public Plan plan(RegionsFound found) {
    // Access keys say where they are of, and are opened for that: not while others wait to write.
    List<String> regions = regions(found);
    return store.write(transaction -> plan(transaction, found, regions));
  }

  /**
   * Where they are unknown one is asked that every account has, and the record says that the rest
   * was not.
   */
  private List<String> regions(RegionsFound found) {
    if (isKnown(found)) return found.regions().names();
    return store.state().find(Tables.ACCOUNTS, found.input().account().value()).stream()
        .map(certainRegion)
        .toList();
  }

  private static boolean isKnown(RegionsFound found) {
    return found.regions().coverage() == Coverage.ANSWERED;
  }

  private Plan plan(Transaction transaction, RegionsFound found, List<String> regions) {
    DiscoveryRef input = found.input();
    Optional<Discovery> current = current(transaction, input);
    if (current.isEmpty()) return new Plan(List.of());
    transaction.put(Tables.DISCOVERIES, current.get().running(regions, found.regions().enabled()));
    List<RegionRef> plan = new ArrayList<>();
    plan.add(
        new RegionRef(
            input.account(), input.discovery(), Kind.GLOBAL_PLACE, kinds(Kind.Scope.GLOBAL)));
    for (String region : regions)
      plan.add(
          new RegionRef(input.account(), input.discovery(), region, kinds(Kind.Scope.REGIONAL)));
    Set<String> asked = new HashSet<>();
    for (RegionRef region : plan)
      for (String kind : region.kinds()) {
        inventory.ask(
            transaction, new Question(input.account(), input.discovery(), region.region(), kind));
        asked.add(Listing.key(input.account(), region.region(), kind));
      }
    Question whichRegions =
        new Question(input.account(), input.discovery(), Kind.GLOBAL_PLACE, REGIONS);
    inventory.ask(transaction, whichRegions);
    inventory.close(
        transaction, whichRegions, found.regions().coverage(), found.regions().detail());
    asked.add(Listing.key(input.account(), Kind.GLOBAL_PLACE, REGIONS));
    // Only a full answer may make what was known before disappear.
    if (isKnown(found)) forgetUnasked(transaction, input, asked);
    return new Plan(plan);
  }

  private static List<String> kinds(Kind.Scope scope) {
    return Catalogue.KINDS.stream().filter(k -> k.scope() == scope).map(Kind::id).toList();
  }

  private static void forgetUnasked(
      Transaction transaction, DiscoveryRef input, Set<String> asked) {
    for (Listing old :
        transaction.rows(Tables.LISTINGS).startingWith(input.account().value() + "/").toList()) {
      if (asked.contains(old.key())) continue;
      transaction.remove(Tables.LISTINGS, old.key());
      transaction.remove(
          Tables.CHUNKS, Chunks.inventoryKey(input.account(), old.region(), old.kind()));
      transaction.remove(
          Tables.CHUNKS, Chunks.metricsKey(input.account(), old.region(), old.kind()));
    }
  }

  @Override
  public void giveUp(GivenUp givenUp) {
    inventory.close(givenUp.question(), givenUp.coverage(), givenUp.detail());
  }

  @Override
  public SkipAnswer skip(SkipWish wish) {
    SkipRegion skip = wish.skip();
    if (skip == null || wish.refusal() != null)
      return refused(wish, Problem.Type.INVALID, String.valueOf(wish.refusal()));
    try {
      return store.write(transaction -> {
        DiscoveryRef input = wish.input();
        String region = String.valueOf(skip.region());
        TemporalTokens.Proof proof =
            door.tokens()
                .redeem(
                    transaction,
                    input.organization(),
                    skip.by(),
                    skip.token(),
                    new TemporalTokens.Wish(Jobs.DISCOVERY.id(input), "skip " + region, ""));
        if (!proof.spent())
          door.done(
              transaction,
              input.organization(),
              "discovery.skip",
              input.account().value(),
              proof.user().username(),
              "skip " + region);
        return new SkipAnswer(null, "");
      });
    } catch (ProblemException refused) {
      return refused(wish, refused.problem().type(), refused.problem().detail());
    }
  }

  private SkipAnswer refused(SkipWish wish, Problem.Type type, String why) {
    SkipRegion skip = wish.skip();
    return store.write(transaction -> {
      if (current(transaction, wish.input()).isPresent())
        door.refused(
            transaction,
            wish.input().organization(),
            "discovery.refused",
            wish.input().account().value(),
            skip == null ? null : skip.by(),
            why);
      return new SkipAnswer(type.name(), why);
    });
  }

  @Override
  public Outcome finish(Ending ending) {
    return store.write(transaction -> finish(transaction, ending));
  }

  private Outcome finish(Transaction transaction, Ending ending) {
    DiscoveryRef input = ending.input();
    Optional<Discovery> current = current(transaction, input);
    if (current.isEmpty()) return new Outcome(RunStatus.CANCELLED, 0, 0);
    List<Listing> lines =
        transaction
            .rows(Tables.LISTINGS)
            .startingWith(input.account().value() + "/")
            .filter(l -> l.discovery().equals(input.discovery()))
            .toList();
    for (Listing open : lines.stream().filter(l -> l.coverage() == Coverage.ASKED).toList())
      inventory.close(
          transaction,
          new Question(input.account(), input.discovery(), open.region(), open.kind()),
          ending.cancelled() ? Coverage.SKIPPED : Coverage.FAILED,
          "the discovery ended before it was answered");
    int resources =
        lines.stream()
            .filter(l -> l.coverage() == Coverage.ANSWERED)
            .mapToInt(Listing::resources)
            .sum();
    int gaps =
        (int)
            lines.stream()
                .filter(l -> l.coverage() == Coverage.ASKED || l.coverage().isGap())
                .count();
    RunStatus status =
        ending.cancelled()
            ? RunStatus.CANCELLED
            : gaps > 0 ? RunStatus.PARTIAL : RunStatus.COMPLETED;
    if (current.get().status().isOver())
      return new Outcome(current.get().status(), resources, gaps);
    transaction.put(Tables.DISCOVERIES, current.get().finished(status, null, clock.instant()));
    Optional<Account> account = transaction.find(Tables.ACCOUNTS, input.account().value());
    Events.append(
        transaction,
        input.organization(),
        "discovery." + status.name().toLowerCase(java.util.Locale.ROOT),
        input.account().value(),
        resources + " resources, " + gaps + " gaps",
        clock.instant());
    if (account.isPresent() && !ending.cancelled()) {
      judgeConnection(transaction, account.get(), lines);
      recordCost(transaction, account.get());
      scans.request(transaction, account.get());
    }
    return new Outcome(status, resources, gaps);
  }

  /**
   * A connection that is refused whatever is asked has failed, although its last verification went
   * well; it is restored by the first answer, unless a verification has failed since.
   */
  private void judgeConnection(Transaction transaction, Account account, List<Listing> lines) {
    List<Listing> asked = lines.stream().filter(l -> l.coverage() != Coverage.UNAVAILABLE).toList();
    boolean answered = asked.stream().anyMatch(l -> l.coverage() == Coverage.ANSWERED);
    boolean refused =
        !asked.isEmpty() && asked.stream().allMatch(l -> l.coverage() == Coverage.DENIED);
    boolean failed = account.status() == Account.Status.FAILED;
    if (refused && !failed)
      judged(
          transaction,
          account,
          Account.Status.FAILED,
          "account.failed",
          "AWS refuses whatever is asked there: "
              + asked.getFirst().detail()
              + "; look at the role and verify the connection again");
    if (answered && failed && !verificationFailed(transaction, account))
      judged(
          transaction,
          account,
          account.degraded().isEmpty() ? Account.Status.CONNECTED : Account.Status.DEGRADED,
          "account.recovered",
          "AWS answers again");
  }

  private static boolean verificationFailed(Transaction transaction, Account account) {
    return transaction
        .find(Tables.ONBOARDINGS, account.onboarding().value())
        .map(o -> o.status() == Onboarding.Status.FAILED)
        .orElse(true);
  }

  private void judged(
      Transaction transaction,
      Account account,
      Account.Status verdict,
      String event,
      String reason) {
    transaction.put(
        Tables.ACCOUNTS, account.verified(verdict, account.permissions(), account.degraded()));
    Events.append(
        transaction, account.organization(), event, account.id().value(), reason, clock.instant());
  }

  private void recordCost(Transaction transaction, Account account) {
    Map<String, Money> byKind = new HashMap<>();
    Map<String, Money> byRegion = new HashMap<>();
    MoneySum total = MoneySum.NONE;
    boolean counted = true;
    for (Listing line :
        transaction.rows(Tables.LISTINGS).startingWith(account.id().value() + "/").toList()) {
      byKind.merge(line.kind(), line.monthlyCost(), Money::plus);
      byRegion.merge(line.region(), line.monthlyCost(), Money::plus);
      Integer unpriced = line.unpriced();
      counted &= unpriced != null;
      total = total.plus(new MoneySum(line.monthlyCost(), unpriced == null ? 0 : unpriced));
    }
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    boolean first = transaction.find(Tables.COST_DAYS, CostDay.key(account.id(), day)).isEmpty();
    transaction.put(
        Tables.COST_DAYS,
        new CostDay(
            account.id(),
            account.organization(),
            day,
            total.amount(),
            byKind,
            byRegion,
            counted ? total.unpriced() : null));
    // Told once a day, however often it is looked at.
    if (first)
      CostAnomalies.today(transaction.state(), account)
          .ifPresent(why ->
              Events.append(
                  transaction,
                  account.organization(),
                  "anomaly.cost",
                  account.id().value(),
                  why,
                  clock.instant()));
  }
}
