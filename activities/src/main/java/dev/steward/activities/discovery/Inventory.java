package dev.steward.activities.discovery;

import dev.steward.aws.Page;
import dev.steward.estate.Compared;
import dev.steward.estate.Kind;
import dev.steward.estate.Looks;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.price.Quote;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.Resource;
import dev.steward.model.ResourceDifference;
import dev.steward.storage.Chunk;
import dev.steward.storage.Chunks;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.discovery.ListingActivities.Question;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps pages until a listing is complete, then makes them the inventory in one transaction. */
public final class Inventory {
  private final Store store;
  private final PriceBook prices;
  private final InstantSource clock;

  public Inventory(Store store, PriceBook prices, InstantSource clock) {
    this.store = store;
    this.prices = prices;
    this.clock = clock;
  }

  /** The question's line of the coverage record, if its discovery is still the newest. */
  Optional<Listing> listing(Question question) {
    return listing(store.state(), question);
  }

  private static Optional<Listing> listing(State state, Question question) {
    return state
        .find(Tables.LISTINGS, Listing.key(question.account(), question.region(), question.kind()))
        .filter(listing -> listing.discovery().equals(question.discovery()));
  }

  /**
   * Keeps the page; with the last one the listing is answered. A page that was kept already changes
   * nothing.
   */
  void keep(Question question, Listing asked, Page page) {
    Kept kept = page.next() == null ? last(question, asked, page) : more(question, asked, page);
    store.write(t -> keep(t, question, asked, kept));
  }

  /** What a page comes to: all that a write then only has to put. */
  private record Kept(
      Chunks.Packed chunk, Listing line, boolean last, Optional<ChangesSeen> changes) {}

  private List<Resource> complete(Question question, Listing asked, Page last) {
    List<Resource> all = new ArrayList<>();
    for (int page = 0; page < asked.pages(); page++)
      all.addAll(
          Chunks.resources(
              store.state(),
              Chunks.pageKey(question.account(), question.region(), question.kind(), page)));
    all.addAll(last.resources());
    return looked(question, once(all));
  }

  /** With what earlier discoveries saw: since when it is unused is told by nobody else. */
  private List<Resource> looked(Question question, List<Resource> all) {
    State state = store.state();
    Kind kind = Catalogue.kind(question.kind());
    List<String> needs = kind.use() == null ? List.of() : kind.use().needs();
    Instant now = clock.instant();
    Map<String, Resource> earlier = new HashMap<>();
    for (Resource resource : listed(state, question, question.kind()))
      earlier.put(key(resource), resource);
    Sight sight =
        needs.stream()
                .anyMatch(other -> state.find(Tables.CHUNKS, chunk(question, other)).isEmpty())
            ? null
            : new Sight(
                needs.stream().flatMap(other -> listed(state, question, other).stream()).toList(),
                Set.of(),
                Map.of(),
                prices,
                Map.of(),
                now,
                _ -> Optional.empty());
    return all.stream()
        .map(resource -> Looks.kept(kind, resource, earlier.get(key(resource)), sight, now))
        .toList();
  }

  private static List<Resource> listed(State state, Question question, String kind) {
    return Chunks.resources(state, chunk(question, kind));
  }

  private static String chunk(Question question, String kind) {
    return Chunks.inventoryKey(question.account(), question.region(), kind);
  }

  private static String key(Resource resource) {
    return resource.region() + "/" + resource.id();
  }

  /** Pages shift while they are read: what stands on two of them is one, as it was seen last. */
  private static List<Resource> once(List<Resource> all) {
    Map<String, Resource> byId = new TreeMap<>();
    for (Resource resource : all) byId.put(key(resource), resource);
    // In an order of its own, so that the same estate is the same bytes.
    return List.copyOf(byId.values());
  }

  private Kept more(Question question, Listing asked, Page page) {
    return new Kept(
        Chunks.packResources(
            Chunks.pageKey(question.account(), question.region(), question.kind(), asked.pages()),
            question.account(),
            question.discovery().value(),
            page.resources(),
            Money.ZERO),
        line(
            question,
            Coverage.ASKED,
            asked.pages() + 1,
            asked.resources() + page.resources().size(),
            MoneySum.NONE,
            page.next(),
            null),
        false,
        Optional.empty());
  }

  private Kept last(Question question, Listing asked, Page page) {
    List<Resource> all = complete(question, asked, page);
    State state = store.state();
    MoneySum cost =
        MoneySum.of(all.stream(), r -> Catalogue.monthly(r, prices).map(Quote::money).orElse(null));
    Listing answered =
        line(
            question,
            Coverage.ANSWERED,
            asked.pages() + 1,
            all.size(),
            cost,
            null,
            incomplete(all));
    return new Kept(
        Chunks.packResources(
                Chunks.inventoryKey(question.account(), question.region(), question.kind()),
                question.account(),
                question.discovery().value(),
                all,
                cost.amount())
            .over(state),
        answered,
        true,
        ChangesSeen.of(answered, differences(state, question, all)));
  }

  /** Of the first answer there is nothing that it would be otherwise than. */
  private static List<ResourceDifference> differences(
      State state, Question question, List<Resource> all) {
    return state.find(Tables.CHUNKS, chunk(question, question.kind())).isEmpty()
        ? List.of()
        : Compared.of(
            Catalogue.kind(question.kind()), listed(state, question, question.kind()), all);
  }

  private static boolean keep(Transaction t, Question question, Listing asked, Kept kept) {
    if (!listing(t.state(), question).equals(Optional.of(asked))) return false;
    if (t.find(Tables.ACCOUNTS, question.account().value()).isEmpty()) return false;
    if (kept.last()) dropPages(t, question);
    kept.chunk().put(t);
    t.put(Tables.LISTINGS, kept.line());
    kept.changes().ifPresent(changes -> changes.tell(t));
    return true;
  }

  /** How many resources are there without all that was asked about them; null when none is. */
  private static @Nullable String incomplete(List<Resource> all) {
    TreeSet<String> codes = new TreeSet<>();
    int count = 0;
    for (Resource resource : all) {
      if (resource.missing() == null && resource.tagsKnown()) continue;
      count++;
      String code = resource.attribute(Resource.DETAILS_ERROR);
      if (code != null) codes.addAll(List.of(code.split(",", -1)));
    }
    if (count == 0) return null;
    return "answered without all details of "
        + count
        + " of "
        + all.size()
        + (codes.isEmpty() ? "" : ": " + String.join(", ", codes));
  }

  /**
   * Closes an open question without an answer; what an earlier discovery found stays, marked by its
   * older run.
   */
  void close(Question question, Coverage coverage, @Nullable String detail) {
    store.write(transaction -> close(transaction, question, coverage, detail));
  }

  boolean close(
      Transaction transaction, Question question, Coverage coverage, @Nullable String detail) {
    Optional<Listing> open =
        listing(transaction.state(), question).filter(l -> l.coverage() == Coverage.ASKED);
    if (open.isEmpty()) return false;
    dropPages(transaction, question);
    transaction.put(
        Tables.LISTINGS,
        line(question, coverage, open.get().pages(), 0, MoneySum.NONE, null, detail));
    return true;
  }

  /** Opens a question anew. */
  void ask(Transaction transaction, Question question) {
    if (listing(transaction.state(), question).isPresent()) return;
    dropPages(transaction, question);
    transaction.put(
        Tables.LISTINGS, line(question, Coverage.ASKED, 0, 0, MoneySum.NONE, null, null));
  }

  private static void dropPages(Transaction transaction, Question question) {
    for (Chunk page :
        transaction
            .rows(Tables.CHUNKS)
            .startingWith(Chunks.pagePrefix(question.account(), question.region(), question.kind()))
            .toList()) transaction.remove(Tables.CHUNKS, page.key());
  }

  private Listing line(
      Question q,
      Coverage coverage,
      int pages,
      int resources,
      MoneySum cost,
      @Nullable String next,
      @Nullable String detail) {
    return new Listing(
        q.account(),
        q.discovery(),
        q.region(),
        q.kind(),
        coverage,
        pages,
        resources,
        cost.amount(),
        next,
        detail,
        clock.instant(),
        cost.unpriced());
  }
}
