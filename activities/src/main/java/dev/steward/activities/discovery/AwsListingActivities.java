package dev.steward.activities.discovery;

import dev.steward.activities.aws.AwsAccess;
import dev.steward.activities.aws.AwsError;
import dev.steward.activities.aws.Connection;
import dev.steward.activities.aws.Listers;
import dev.steward.activities.aws.Page;
import dev.steward.activities.aws.RegionClients;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.waste.Catalogue;
import dev.steward.waste.ResourceKind;
import dev.steward.workflows.discovery.ListingActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.ec2.model.Region;

/** Lists, page by page, each page durable before the next is asked. */
public final class AwsListingActivities implements ListingActivities {
  private final Store store;
  private final AwsAccess aws;
  private final Inventory inventory;

  public AwsListingActivities(Store store, AwsAccess aws, Inventory inventory) {
    this.store = store;
    this.aws = aws;
    this.inventory = inventory;
  }

  @Override
  public Regions regions(AccountId id) {
    Optional<Account> account = store.state().find(Tables.ACCOUNTS, id.value());
    if (account.isEmpty()) return new Regions(List.of(), Coverage.FAILED, "the account is gone");
    RegionClients clients =
        new RegionClients(aws, Connection.of(account.get()), aws.settings().homeRegion());
    try {
      // Without "all regions" AWS answers those that are enabled; emulators answer the others too.
      List<String> enabled =
          clients.ec2().describeRegions().regions().stream()
              .filter(region -> !"not-opted-in".equals(region.optInStatus()))
              .map(Region::regionName)
              .sorted()
              .toList();
      List<String> wanted = account.get().regions();
      return new Regions(
          wanted.isEmpty() ? enabled : enabled.stream().filter(wanted::contains).toList(),
          Coverage.ANSWERED,
          null);
    } catch (SdkServiceException e) {
      if (AwsError.of(e) == AwsError.DENIED)
        return new Regions(List.of(), Coverage.DENIED, AwsError.code(e));
      throw e;
    }
  }

  @Override
  public Answer list(Question question) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ResourceKind kind = Catalogue.kind(question.kind());
    while (true) {
      Optional<Listing> open = inventory.listing(question);
      Optional<Account> account = store.state().find(Tables.ACCOUNTS, question.account().value());
      if (open.isEmpty() || account.isEmpty()) return new Answer(Coverage.SKIPPED, 0, 0);
      Listing listing = open.get();
      if (listing.coverage() != Coverage.ASKED)
        return new Answer(listing.coverage(), listing.pages(), listing.resources());
      context.heartbeat(listing.pages());
      String region =
          kind.scope() == ResourceKind.Scope.GLOBAL
              ? ResourceKind.GLOBAL_REGION
              : question.region();
      try {
        Page page =
            Listers.of(question.kind())
                .page(new RegionClients(aws, Connection.of(account.get()), region), listing.next());
        inventory.keep(question, listing, page);
      } catch (SdkServiceException e) {
        if (AwsError.of(e) != AwsError.DENIED) throw e;
        inventory.close(question, Coverage.DENIED, AwsError.code(e));
      }
    }
  }
}
