package dev.steward.activities.discovery;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsError;
import dev.steward.aws.Connection;
import dev.steward.aws.Lister;
import dev.steward.aws.Page;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.discovery.ListingActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Region;

/** Lists, page by page, each page durable before the next is asked. */
public final class AwsListingActivities implements ListingActivities {
  private static final String SAME_PAGE = "AWS gave the same page again";

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
    if (account.isEmpty())
      return new Regions(List.of(), Coverage.FAILED, "the account is gone", null);
    RegionClients clients = RegionClients.global(aws, Connection.of(account.get()));
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
          null,
          enabled);
    } catch (SdkException e) {
      return switch (AwsError.of(e)) {
        case DENIED, BAD_CREDENTIALS ->
            new Regions(List.of(), Coverage.DENIED, AwsError.code(e), null);
        case PERMANENT, GONE, UNAVAILABLE ->
            new Regions(List.of(), Coverage.FAILED, AwsError.code(e), null);
        case PASSING, THROTTLED, BUSY, UNREACHABLE, EXPIRED -> throw e;
      };
    }
  }

  @Override
  public Answer list(Question question) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Kind kind = Catalogue.kind(question.kind());
    // Tokens of pages that were asked for by this attempt: one that comes again leads in a circle.
    Set<String> tokens = new HashSet<>();
    while (true) {
      Optional<Listing> open = inventory.listing(question);
      Optional<Account> account = store.state().find(Tables.ACCOUNTS, question.account().value());
      if (open.isEmpty() || account.isEmpty()) return new Answer(Coverage.SKIPPED, 0, 0);
      Listing listing = open.get();
      if (listing.coverage() != Coverage.ASKED)
        return new Answer(listing.coverage(), listing.pages(), listing.resources());
      context.heartbeat(listing.pages());
      if (listing.next() != null) tokens.add(listing.next());
      Connection connection = Connection.of(account.get());
      RegionClients clients =
          switch (kind.scope()) {
            case GLOBAL -> RegionClients.global(aws, connection);
            case REGIONAL -> new RegionClients(aws, connection, question.region());
          };
      try {
        Page page = Lister.page(kind, clients, listing.next());
        if (page.next() != null && tokens.contains(page.next()))
          inventory.close(question, Coverage.FAILED, SAME_PAGE);
        else inventory.keep(question, listing, page);
      } catch (SdkException e) {
        inventory.close(question, refused(kind, clients, e), AwsError.code(e));
      }
    }
  }

  /**
   * What a question that AWS refuses comes to.
   *
   * @throws SdkException the same, when asking again may help
   */
  private Coverage refused(Kind kind, RegionClients clients, SdkException e) {
    return switch (AwsError.of(e)) {
      case DENIED -> Coverage.DENIED;
      case UNAVAILABLE -> Coverage.UNAVAILABLE;
      case PERMANENT, GONE -> Coverage.FAILED;
      // A region that was disabled does not know credentials that are good elsewhere.
      case BAD_CREDENTIALS ->
          isGoodElsewhere(kind, clients) ? Coverage.UNAVAILABLE : Coverage.DENIED;
      case UNREACHABLE -> {
        if (!isGoodElsewhere(kind, clients)) throw e;
        yield Coverage.UNAVAILABLE;
      }
      case PASSING, THROTTLED, BUSY, EXPIRED -> throw e;
    };
  }

  /**
   * Whether a region that cannot be disabled takes the same credentials: those of the service, for
   * each has a session of its own.
   */
  private boolean isGoodElsewhere(Kind kind, RegionClients clients) {
    RegionClients certain = RegionClients.global(aws, clients.connection());
    if (clients.region().equals(certain.region())) return false;
    try {
      Lister.page(kind, certain.probing(), null);
      return true;
    } catch (SdkException e) {
      if (AwsError.of(e).passes()) throw e;
      // Denied there is known there.
      return AwsError.of(e) == AwsError.DENIED;
    }
  }
}
