package dev.steward.model.job;

import static dev.steward.model.job.Urgency.ACTING;
import static dev.steward.model.job.Urgency.BACKGROUND;
import static dev.steward.model.job.Urgency.BULK;
import static dev.steward.model.job.Urgency.USUAL;
import static dev.steward.model.job.Urgency.WAITED_FOR;

import dev.steward.model.AccountId;
import dev.steward.model.Approval;
import dev.steward.model.ApprovalId;
import dev.steward.model.Change;
import dev.steward.model.ChangeId;
import dev.steward.model.Delivery;
import dev.steward.model.DeliveryId;
import dev.steward.model.Disconnection;
import dev.steward.model.Discovery;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Prediction;
import dev.steward.model.PredictionId;
import dev.steward.model.PriceRefresh;
import dev.steward.model.PriceRefreshId;
import dev.steward.model.Promotion;
import dev.steward.model.PromotionId;
import dev.steward.model.RunId;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.model.Search;
import dev.steward.model.Training;
import dev.steward.model.Watch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every kind of long work, and what each is given. A test holds that each has its workflow, which
 * takes this input, and a row of the store that asks for it.
 */
public final class Jobs {
  /** How the runs of schedules begin. */
  public static final String DUE_BEGINS = "due/";

  /**
   * @param attempt which try of the onboarding this is: one that still runs sees that it is not the
   *     newest and writes nothing
   */
  public record AttemptRef(OnboardingId onboarding, OrganizationId organization, int attempt)
      implements Asked {
    public static AttemptRef of(Onboarding row) {
      return new AttemptRef(row.id(), row.organization(), row.attempt());
    }
  }

  public static final Job<AttemptRef> VERIFICATION =
      Job.of(
              "OnboardingVerification",
              AttemptRef.class,
              a -> "onboarding/" + a.onboarding(),
              WAITED_FOR,
              TaskQueues.INTERACTIVE)
          .each(a -> String.valueOf(a.attempt()));

  public record DiscoveryRef(AccountId account, OrganizationId organization, DiscoveryId discovery)
      implements Asked {
    public static DiscoveryRef of(Discovery row) {
      return new DiscoveryRef(row.account(), row.organization(), row.id());
    }
  }

  public static final Job<DiscoveryRef> DISCOVERY =
      Job.of("Discovery", DiscoveryRef.class, d -> "discovery/" + d.account(), BULK, TaskQueues.AWS)
          .each(d -> d.discovery().value());

  /** A child of a discovery. */
  public record RegionRef(
      AccountId account, DiscoveryId discovery, String region, List<String> kinds) {
    public RegionRef {
      kinds = List.copyOf(kinds);
    }
  }

  public static final Job<RegionRef> REGION =
      Job.of(
          "RegionDiscovery",
          RegionRef.class,
          r -> "discovery/" + r.account() + "/" + r.region(),
          BULK,
          TaskQueues.AWS);

  public record ScanRef(AccountId account, OrganizationId organization, ScanId scan)
      implements Asked {
    public static ScanRef of(Scan row) {
      return new ScanRef(row.account(), row.organization(), row.id());
    }
  }

  public static final Job<ScanRef> SCAN =
      Job.of("WasteScan", ScanRef.class, s -> "waste/" + s.account(), BULK, TaskQueues.AWS)
          .each(s -> s.scan().value());

  public record AccountRef(AccountId account, OrganizationId organization) implements Asked {
    public static AccountRef of(Disconnection row) {
      return new AccountRef(row.account(), row.organization());
    }
  }

  public static final Job<AccountRef> DISCONNECTION =
      Job.of(
          "Disconnection",
          AccountRef.class,
          a -> "disconnect/" + a.account(),
          ACTING,
          TaskQueues.INTERACTIVE);

  /** What a schedule asks for. */
  public record DueRef(AccountRef account, Work work) {
    /** The work that schedules ask for. */
    public enum Work {
      DISCOVERY,
      SCAN,
      VERIFICATION
    }
  }

  public static final Job<DueRef> DUE =
      Job.of(
              "Due",
              DueRef.class,
              d ->
                  DUE_BEGINS
                      + d.work().name().toLowerCase(Locale.ROOT)
                      + "/"
                      + d.account().account(),
              BACKGROUND,
              TaskQueues.WORKFLOWS)
          .scheduled();

  public record ChangeRef(ChangeId change, OrganizationId organization, AccountId account)
      implements Asked {
    public static ChangeRef of(Change row) {
      return new ChangeRef(row.id(), row.organization(), row.account());
    }
  }

  public static final Job<ChangeRef> CHANGE =
      Job.of(
          "Change", ChangeRef.class, c -> "change/" + c.change(), ACTING, TaskQueues.INTERACTIVE);

  public record ApprovalRef(ApprovalId approval, OrganizationId organization) implements Asked {
    public static ApprovalRef of(Approval row) {
      return new ApprovalRef(row.id(), row.organization());
    }
  }

  public static final Job<ApprovalRef> APPROVAL =
      Job.of(
          "Approval",
          ApprovalRef.class,
          a -> "approval/" + a.approval(),
          WAITED_FOR,
          TaskQueues.WORKFLOWS);

  /**
   * @param round how often somebody had it sent again; each is a run of its own
   */
  public record DeliveryRef(DeliveryId delivery, OrganizationId organization, int round)
      implements Asked {
    public static DeliveryRef of(Delivery row) {
      return new DeliveryRef(row.id(), row.organization(), row.round());
    }
  }

  public static final Job<DeliveryRef> DELIVERY =
      Job.of("Delivery", DeliveryRef.class, d -> "notify/" + d.delivery(), USUAL, TaskQueues.NOTIFY)
          .each(d -> d.round() == 0 ? "" : String.valueOf(d.round()));

  public record RunRef(RunId run, OrganizationId organization) implements Asked {
    public static RunRef of(Training row) {
      return new RunRef(row.run(), row.organization());
    }

    public static RunRef of(Search row) {
      return new RunRef(row.run(), row.organization());
    }
  }

  /** A run of one's own, or a trial, which is a search's child. */
  public static final Job<RunRef> TRAINING =
      Job.of("Training", RunRef.class, r -> "training/" + r.run(), USUAL, TaskQueues.ML);

  public static final Job<RunRef> SEARCH =
      Job.of("Search", RunRef.class, r -> "search/" + r.run(), BULK, TaskQueues.WORKFLOWS);

  public record PromotionRef(PromotionId promotion, OrganizationId organization) implements Asked {
    public static PromotionRef of(Promotion row) {
      return new PromotionRef(row.id(), row.organization());
    }
  }

  public static final Job<PromotionRef> PROMOTION =
      Job.of(
          "Promotion",
          PromotionRef.class,
          p -> "promotion/" + p.promotion(),
          ACTING,
          TaskQueues.WORKFLOWS);

  public record WatchRef(OrganizationId organization, String model) implements Asked {
    public static WatchRef of(Watch row) {
      return new WatchRef(row.organization(), row.model());
    }
  }

  public static final Job<WatchRef> WATCH =
      Job.of(
          "Watch",
          WatchRef.class,
          w -> "watch/" + w.organization() + "/" + w.model(),
          BACKGROUND,
          TaskQueues.FORECASTS);

  public record PredictionRef(PredictionId prediction, OrganizationId organization)
      implements Asked {
    public static PredictionRef of(Prediction row) {
      return new PredictionRef(row.id(), row.organization());
    }
  }

  public static final Job<PredictionRef> PREDICTION =
      Job.of(
          "Prediction",
          PredictionRef.class,
          p -> "prediction/" + p.prediction(),
          USUAL,
          TaskQueues.FORECASTS);

  public record PriceRefreshRef(PriceRefreshId refresh, OrganizationId organization)
      implements Asked {
    public static PriceRefreshRef of(PriceRefresh row) {
      return new PriceRefreshRef(row.id(), row.organization());
    }
  }

  public static final Job<PriceRefreshRef> PRICE_REFRESH =
      Job.of(
          "PriceRefresh",
          PriceRefreshRef.class,
          r -> "prices/" + r.refresh(),
          BULK,
          TaskQueues.AWS);

  public static final List<Job<?>> ALL =
      List.of(
          VERIFICATION,
          DISCOVERY,
          REGION,
          SCAN,
          DISCONNECTION,
          DUE,
          CHANGE,
          APPROVAL,
          DELIVERY,
          TRAINING,
          SEARCH,
          PROMOTION,
          WATCH,
          PREDICTION,
          PRICE_REFRESH);

  private Jobs() {}

  /** The work that a workflow of this type does, if it is one of ours. */
  public static Optional<Job<?>> named(String type) {
    return ALL.stream().filter(job -> job.type().equals(type)).findFirst();
  }
}
