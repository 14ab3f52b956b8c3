package dev.steward.workflows;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.ApprovalId;
import dev.steward.model.ChangeId;
import dev.steward.model.Coverage;
import dev.steward.model.DeliveryId;
import dev.steward.model.Directive;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Permission;
import dev.steward.model.RunStatus;
import dev.steward.model.ScanId;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.model.job.Jobs.RegionRef;
import dev.steward.workflows.approvals.ApprovalActivities.Standing;
import dev.steward.workflows.discovery.DiscoveryActivities;
import dev.steward.workflows.discovery.DiscoveryWorkflow;
import dev.steward.workflows.discovery.DueWorkflow;
import dev.steward.workflows.discovery.ListingActivities;
import dev.steward.workflows.onboarding.ConnectionActivities;
import dev.steward.workflows.onboarding.OnboardingActivities;
import dev.steward.workflows.onboarding.OnboardingVerificationWorkflow;
import dev.steward.workflows.onboarding.ScheduleActivities;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.time.Instant;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** AWS and the store as a test wants them, and the log of what was asked of them. */
final class FakeWorld {
  static final AccountId ACCOUNT = new AccountId("acc_test000000");
  static final OrganizationId ORGANIZATION = new OrganizationId("org_test000000");
  static final OnboardingId ONBOARDING = new OnboardingId("onb_test000000");
  static final DiscoveryId DISCOVERY = new DiscoveryId("dsc_test000000");
  static final ScanId SCAN = new ScanId("scn_test000000");

  final List<String> log = new CopyOnWriteArrayList<>();
  final Set<ConnectionActivities.Attempt> letsIn =
      EnumSet.of(ConnectionActivities.Attempt.WITH_EXTERNAL_ID);
  final List<String> regions = new CopyOnWriteArrayList<>(List.of("eu-west-1", "us-east-1"));
  final List<OnboardingActivities.Conclusion> conclusions = new CopyOnWriteArrayList<>();
  final Set<String> hanging = ConcurrentHashMap.newKeySet();
  final CountDownLatch hung = new CountDownLatch(1);
  volatile Supplier<RuntimeException> awsFails = () -> new IllegalStateException("never");
  volatile Set<String> failing = Set.of();
  volatile boolean current = true;
  volatile boolean byKeys;

  static final ApprovalId APPROVAL = new ApprovalId("apr_test000000");
  static final ChangeId CHANGE = new ChangeId("chg_test000000");
  static final DeliveryId DELIVERY = new DeliveryId("dlv_test000000");

  /** How the approval stands at each look; the last one stays. */
  final Deque<Standing> standings = new ConcurrentLinkedDeque<>();

  /** What the change is told to do at each look; the last one stays. */
  final Deque<Directive> directives = new ConcurrentLinkedDeque<>();

  volatile @Nullable String refusal;
  final FakeLab lab = new FakeLab(log);
  final FakePrices prices = new FakePrices(log);

  static Standing pending(@Nullable Instant next) {
    return new Standing(
        true, "PENDING", "delete a volume", "hash", "client", false, "LOW", next, List.of());
  }

  static Standing ended(String status) {
    return new Standing(
        false,
        status,
        "delete a volume",
        "hash",
        "client",
        false,
        "LOW",
        null,
        List.of("approver"));
  }

  Object[] activities() {
    Stream<Object> own =
        Stream.of(
            new Connections(),
            new Onboardings(),
            new Schedules(),
            new Listings(),
            new Discoveries(),
            new Dues(),
            prices,
            lab);
    return Stream.of(own, new FakeScan(this).activities(), new FakeGovernance(this).activities())
        .flatMap(activities -> activities)
        .toArray();
  }

  void note(String what) {
    log.add(what);
    if (failing.contains(what)) throw awsFails.get();
  }

  private final class Connections implements ConnectionActivities {
    @Override
    public Assumption assume(AssumeRequest request) {
      note("assume " + request.attempt());
      return letsIn.contains(request.attempt())
          ? new Assumption(true, "222233334444", "in")
          : new Assumption(false, null, "refused");
    }

    @Override
    public List<Permission> permissions(OnboardingId onboarding) {
      note("permissions");
      return List.of(new Permission("regions", "ec2:DescribeRegions", Permission.Grant.ALLOWED));
    }
  }

  private final class Onboardings implements OnboardingActivities {
    @Override
    public Begun begin(AttemptRef input) {
      note("begin");
      return new Begun(current, byKeys);
    }

    @Override
    public OnboardingVerificationWorkflow.Outcome conclude(Conclusion conclusion) {
      note("conclude");
      conclusions.add(conclusion);
      boolean well =
          conclusion.awsAccount() != null && conclusion.checks().stream().allMatch(c -> c.passed());
      return well
          ? new OnboardingVerificationWorkflow.Outcome(
              Onboarding.Status.CONNECTED, ACCOUNT, Account.Status.CONNECTED, null)
          : new OnboardingVerificationWorkflow.Outcome(
              Onboarding.Status.FAILED, null, null, "refused");
    }

    @Override
    public void cleanUp(AccountRef account) {
      note("clean up");
    }

    @Override
    public void gone(AccountRef account) {
      note("gone");
    }
  }

  private final class Schedules implements ScheduleActivities {
    @Override
    public void ensure(AccountRef account) {
      note("ensure schedules");
    }

    @Override
    public void drop(AccountRef account) {
      note("drop schedules");
    }
  }

  private final class Listings implements ListingActivities {
    @Override
    public Regions regions(AccountId account) {
      note("regions");
      return new Regions(List.copyOf(regions), Coverage.ANSWERED, null, null);
    }

    @Override
    public Answer list(Question question) {
      if (hanging.contains(question.region())) hang();
      note("list " + question.region() + " " + question.kind());
      return new Answer(Coverage.ANSWERED, 1, 3);
    }

    private void hang() {
      hung.countDown();
      try {
        while (true) {
          Activity.getExecutionContext().heartbeat("hanging");
          TimeUnit.MILLISECONDS.sleep(20);
        }
      } catch (ActivityCompletionException cancelled) {
        throw cancelled;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Discoveries implements DiscoveryActivities {
    @Override
    public boolean begin(DiscoveryRef input) {
      note("begin");
      return current;
    }

    @Override
    public Plan plan(RegionsFound found) {
      note("plan");
      return new Plan(
          found.regions().names().stream()
              .map(region ->
                  new RegionRef(
                      found.input().account(),
                      found.input().discovery(),
                      region,
                      List.of("ec2_instance", "ebs_volume")))
              .toList());
    }

    @Override
    public void giveUp(GivenUp givenUp) {
      note(
          "give up "
              + givenUp.question().region()
              + " "
              + givenUp.question().kind()
              + " "
              + givenUp.coverage());
    }

    @Override
    public SkipAnswer skip(SkipWish wish) {
      if (wish.skip() == null || wish.refusal() != null) {
        note("refused " + wish.refusal());
        return new SkipAnswer("INVALID", String.valueOf(wish.refusal()));
      }
      note("skip " + wish.skip().region());
      return new SkipAnswer(refusal, refusal == null ? "" : "refused");
    }

    @Override
    public DiscoveryWorkflow.Outcome finish(Ending ending) {
      note(ending.cancelled() ? "finish cancelled" : "finish");
      return new DiscoveryWorkflow.Outcome(
          ending.cancelled() ? RunStatus.CANCELLED : RunStatus.COMPLETED, 12, 0);
    }
  }

  private final class Dues implements DueWorkflow.Activities {
    @Override
    public void request(DueRef input) {
      note("due " + input.work());
    }
  }
}
