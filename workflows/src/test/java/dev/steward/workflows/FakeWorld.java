package dev.steward.workflows;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.ApprovalId;
import dev.steward.model.ChangeId;
import dev.steward.model.Coverage;
import dev.steward.model.DeliveryId;
import dev.steward.model.Directive;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Money;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Permission;
import dev.steward.model.RunStatus;
import dev.steward.model.ScanId;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.model.job.Jobs.RegionRef;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.workflows.approvals.ApprovalActivities;
import dev.steward.workflows.approvals.ApprovalActivities.Standing;
import dev.steward.workflows.discovery.DiscoveryActivities;
import dev.steward.workflows.discovery.DiscoveryWorkflow;
import dev.steward.workflows.discovery.DueWorkflow;
import dev.steward.workflows.discovery.ListingActivities;
import dev.steward.workflows.governance.ActionActivities;
import dev.steward.workflows.governance.ChangeActivities;
import dev.steward.workflows.notifications.DeliveryActivities;
import dev.steward.workflows.notifications.DeliveryRecords;
import dev.steward.workflows.onboarding.ConnectionActivities;
import dev.steward.workflows.onboarding.OnboardingActivities;
import dev.steward.workflows.onboarding.OnboardingVerificationWorkflow;
import dev.steward.workflows.onboarding.ScheduleActivities;
import dev.steward.workflows.waste.DoubtActivities;
import dev.steward.workflows.waste.MetricActivities;
import dev.steward.workflows.waste.UsageActivities;
import dev.steward.workflows.waste.WasteActivities;
import dev.steward.workflows.waste.WasteScanWorkflow;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.time.Instant;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

  private static <T> T next(Deque<T> script) {
    T first = script.size() > 1 ? script.pollFirst() : script.peekFirst();
    if (first == null) throw new IllegalStateException("the script is empty");
    return first;
  }

  Object[] activities() {
    return new Object[] {
      new Connections(),
      new Onboardings(),
      new Schedules(),
      new Listings(),
      new Discoveries(),
      new Dues(),
      new Wastes(),
      new Metrics(),
      new Doubts(),
      new Usages(),
      new Approvals(),
      new Changes(),
      new Actions(),
      new Deliveries(),
      lab
    };
  }

  private void note(String what) {
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

  private final class Wastes implements WasteActivities {
    @Override
    public Plan begin(ScanRef input) {
      note("begin");
      return new Plan(
          current,
          List.of(
              new MetricActivities.Question(ACCOUNT, SCAN, "us-east-1", "ec2_instance", 40),
              new MetricActivities.Question(ACCOUNT, SCAN, "eu-west-1", "nat_gateway", 40)));
    }

    @Override
    public void unanswered(Unanswered unanswered) {
      note("unanswered " + unanswered.question().region() + " " + unanswered.coverage());
    }

    @Override
    public WasteScanWorkflow.Outcome detect(ScanRef input) {
      note("detect");
      return new WasteScanWorkflow.Outcome(RunStatus.COMPLETED, 2, Money.usd(12.5), 0);
    }

    @Override
    public WasteScanWorkflow.Outcome cancelled(ScanRef input) {
      note("cancelled");
      return new WasteScanWorkflow.Outcome(RunStatus.CANCELLED, 0, Money.ZERO, 0);
    }
  }

  private final class Doubts implements DoubtActivities {
    @Override
    public int ask(ScanRef input) {
      note("doubts");
      return 0;
    }
  }

  private final class Usages implements UsageActivities {
    @Override
    public void look(ScanRef input) {
      note("usage");
    }
  }

  private final class Metrics implements MetricActivities {
    @Override
    public Answer read(Question question) {
      note("read " + question.region());
      return new Answer(Coverage.ANSWERED, 3, 0);
    }
  }

  private final class Approvals implements ApprovalActivities {
    @Override
    public Standing tick(ApprovalRef input) {
      note("tick");
      return next(standings);
    }

    @Override
    public Verdict decide(Ballot ballot) {
      dev.steward.workflows.approvals.ApprovalWorkflow.Decision decision = ballot.decision();
      if (decision == null || ballot.refusal() != null) {
        note("refused " + ballot.refusal());
        return new Verdict("INVALID", String.valueOf(ballot.refusal()), pending(null));
      }
      note("decide " + decision.by() + " " + decision.answer());
      if (refusal != null) return new Verdict(refusal, "refused", pending(null));
      standings.clear();
      standings.add(ended("approve".equals(decision.answer()) ? "APPROVED" : "REJECTED"));
      return new Verdict(null, "", next(standings));
    }

    @Override
    public Standing withdraw(Withdraw withdraw) {
      note("withdraw " + withdraw.by());
      if (withdraw.withdrawal() == null) return pending(null);
      standings.clear();
      standings.add(ended("WITHDRAWN"));
      return next(standings);
    }
  }

  private final class Changes implements ChangeActivities {
    @Override
    public Next next(ChangeRef input) {
      Directive directive = FakeWorld.next(directives);
      note("next " + directive.what());
      return new Next(directive, "RUNNING", "LOW", "client");
    }

    @Override
    public void checked(Checked checked) {
      note("checked " + checked.step() + " " + checked.failure());
    }

    @Override
    public void executed(Executed executed) {
      note("executed " + executed.step() + " " + executed.failure());
    }

    @Override
    public void undone(Undone undone) {
      note("undone " + undone.step() + " " + undone.failure());
    }

    @Override
    public void held(Held held) {
      note("held " + held.step() + " " + held.failure());
    }

    @Override
    public void measured(Measured measured) {
      note("measured " + measured.measurement() + " " + (measured.values() != null));
    }

    @Override
    public void cleaned(Cleaned cleaned) {
      note("cleaned " + cleaned.step() + " " + cleaned.failure());
    }

    @Override
    public Answer ask(Wish wish) {
      dev.steward.workflows.governance.ChangeWorkflow.Ask ask = wish.ask();
      if (ask == null || wish.refusal() != null) {
        note("refused " + wish.refusal());
        return new Answer("INVALID", String.valueOf(wish.refusal()), "RUNNING");
      }
      note("ask " + ask.wish());
      return new Answer(refusal, refusal == null ? "" : "refused", "RUNNING");
    }
  }

  private final class Actions implements ActionActivities {
    @Override
    public Inspection check(StepRef step) {
      note("check " + step.step());
      return new Inspection(List.of(), Map.of("zone", "a"));
    }

    @Override
    public Execution execute(StepRef step) {
      note("execute " + step.step());
      return new Execution(List.of(), Map.of("snapshot", "snap-1"), "done");
    }

    @Override
    public Reversal undo(StepRef step) {
      note("undo " + step.step());
      return new Reversal(true, "back", true);
    }

    @Override
    public Holding hold(StepRef step) {
      note("hold " + step.step());
      return new Holding(false, false, "still stopped");
    }

    @Override
    public Cleaning clean(StepRef step) {
      note("clean " + step.step());
      return new Cleaning(List.of("snap-1"));
    }

    @Override
    public Measurement measure(MeasureRef ref) {
      note("measure " + ref.measurement());
      return new Measurement(List.of(new Measure(1, Money.usd(5), "verified_state")));
    }
  }

  private final class Deliveries implements DeliveryActivities, DeliveryRecords {
    @Override
    public void send(DeliveryRef input) {
      note("send");
    }

    @Override
    public void giveUp(GivenUp givenUp) {
      note("give up: " + givenUp.why());
    }
  }
}
