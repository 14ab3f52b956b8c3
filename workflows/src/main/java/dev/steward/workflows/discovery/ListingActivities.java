package dev.steward.workflows.discovery;

import dev.steward.model.AccountId;
import dev.steward.model.Coverage;
import dev.steward.model.DiscoveryId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What discovery asks of AWS. Task queue {@code aws}. */
@ActivityInterface
public interface ListingActivities {
  /**
   * @param coverage ANSWERED, or why there is no list
   */
  /**
   * @param names the regions to ask
   * @param enabled all that the account has enabled; null where AWS has not said
   */
  record Regions(
      List<String> names,
      Coverage coverage,
      @Nullable String detail,
      @Nullable List<String> enabled) {
    public Regions {
      names = List.copyOf(names);
      enabled = enabled == null ? null : List.copyOf(enabled);
    }
  }

  /** The account's enabled regions, narrowed to those that it is configured for. */
  @ActivityMethod(name = "ListRegions")
  Regions regions(AccountId account);

  record Question(AccountId account, DiscoveryId discovery, String region, String kind) {}

  record Answer(Coverage coverage, int pages, int resources) {}

  /**
   * Lists every page and stores each before it asks for the next, so that a retry goes on after the
   * last stored page. Heart-beats the number of the page. Refusal is an outcome; throttling and
   * outages are failures and retried.
   */
  @ActivityMethod(name = "ListResources")
  Answer list(Question question);
}
