package dev.steward.domain.prices;

import dev.steward.estate.price.PriceEdition;
import dev.steward.estate.price.PriceEntry;
import dev.steward.estate.price.PriceLine;
import dev.steward.estate.price.PriceMerge;
import dev.steward.estate.price.PriceQueries;
import dev.steward.estate.price.PriceQuery;
import dev.steward.model.Coverage;
import dev.steward.model.PriceAnswer;
import dev.steward.model.PriceBookEdition;
import dev.steward.model.PriceBookEdition.Part;
import dev.steward.model.PriceRefresh;
import dev.steward.model.RunStatus;
import dev.steward.storage.Blobs;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a book of a refresh's answers. */
public final class PriceMaking {
  private final Store store;
  private final Blobs blobs;
  private final PriceShelf shelf;
  private final InstantSource clock;

  public PriceMaking(Store store, Blobs blobs, PriceShelf shelf, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.shelf = shelf;
    this.clock = clock;
  }

  /** Keeps the prices of one answer until all are there. */
  public @Nullable String keep(Map<PriceLine, BigDecimal> prices) {
    if (prices.isEmpty()) return null;
    Map<PriceLine, PriceEntry> entries = new TreeMap<>();
    prices.forEach((line, usd) -> entries.put(line, new PriceEntry(usd, today(), "answer")));
    return put(new PriceEdition(entries));
  }

  private String put(PriceEdition edition) {
    return blobs.put(edition.text().getBytes(StandardCharsets.UTF_8));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** What the refresh came to; the second time it is what it was. */
  public PriceRefresh conclude(PriceRefresh refresh) {
    State before = store.state();
    PriceMerge merge = new PriceMerge(shelf.known(before), true, today());
    List<Part> parts = new ArrayList<>();
    for (PriceAnswer answer : refresh.answers())
      PriceQueries.find(answer.query())
          .ifPresent(query ->
              prices(answer)
                  .ifPresent(prices -> parts.add(part(query, merge.take(query, prices)))));
    boolean any = parts.stream().anyMatch(p -> p.added() + p.changed() + p.same() > 0);
    PriceEdition edition = merge.edition();
    // Before the write that names it, and not within it.
    String content = any ? put(edition) : null;
    PriceRefresh done =
        store.write(t ->
            content == null
                ? nothing(t, refresh)
                : book(t, refresh, merge, parts, edition.size(), content));
    for (PriceAnswer answer : refresh.answers())
      if (answer.content() != null && !answer.content().equals(content))
        blobs.delete(answer.content());
    return done;
  }

  private static Part part(PriceQuery query, PriceMerge.Counts counts) {
    return new Part(query.id(), counts.added(), counts.changed(), counts.same(), counts.kept());
  }

  private Optional<Map<PriceLine, BigDecimal>> prices(PriceAnswer answer) {
    if (answer.coverage() != Coverage.ANSWERED || answer.content() == null) return Optional.empty();
    return blobs
        .get(answer.content())
        .map(text -> {
          Map<PriceLine, BigDecimal> prices = new TreeMap<>();
          PriceEdition.read(new String(text, StandardCharsets.UTF_8))
              .entries()
              .forEach((line, entry) -> prices.put(line, entry.usd()));
          return prices;
        });
  }

  private PriceRefresh book(
      Transaction t,
      PriceRefresh refresh,
      PriceMerge merge,
      List<Part> parts,
      int prices,
      String content) {
    Optional<PriceRefresh> open = open(t, refresh);
    if (open.isEmpty()) return current(t, refresh);
    Instant now = clock.instant();
    PriceBookEdition book =
        t.put(
            Tables.PRICE_BOOKS,
            new PriceBookEdition(
                version(t.state()),
                refresh.id(),
                now,
                content,
                prices,
                parts,
                merge.changes(),
                merge.doubts()));
    boolean whole =
        open.get().answers().size() == open.get().queries()
            && open.get().answers().stream().allMatch(a -> a.prices() > 0)
            && merge.doubts().isEmpty();
    PriceRefresh done =
        t.put(
            Tables.PRICE_REFRESHES,
            open.get()
                .finished(
                    whole ? RunStatus.COMPLETED : RunStatus.PARTIAL, book.version(), null, now));
    tell(t, done, "book " + book.version() + " of " + prices + " prices");
    return done;
  }

  private PriceRefresh nothing(Transaction t, PriceRefresh refresh) {
    Optional<PriceRefresh> open = open(t, refresh);
    if (open.isEmpty()) return current(t, refresh);
    String why =
        open.get().answers().stream()
            .flatMap(a -> Optional.ofNullable(a.detail()).stream())
            .findFirst()
            .orElse("AWS answered with no price of what the book knows");
    PriceRefresh done =
        t.put(
            Tables.PRICE_REFRESHES,
            open.get().finished(RunStatus.FAILED, null, why, clock.instant()));
    tell(t, done, why);
    return done;
  }

  private void tell(Transaction t, PriceRefresh done, String what) {
    Events.append(
        t,
        done.organization(),
        "prices." + done.status().name().toLowerCase(Locale.ROOT),
        done.id().value(),
        what,
        clock.instant());
  }

  private static Optional<PriceRefresh> open(Transaction t, PriceRefresh refresh) {
    return t.find(Tables.PRICE_REFRESHES, refresh.id().value()).filter(r -> !r.status().isOver());
  }

  private static PriceRefresh current(Transaction t, PriceRefresh refresh) {
    return t.find(Tables.PRICE_REFRESHES, refresh.id().value()).orElse(refresh);
  }

  /** The day and which of that day it is; later than every version before, whatever the clock. */
  private String version(State state) {
    String last = PriceShelf.edition(state).map(PriceBookEdition::version).orElse("");
    String day = today().toString();
    if (last.compareTo(day) < 0) return day + ".01";
    int number = Integer.parseInt(last.substring(last.indexOf('.') + 1)) + 1;
    return last.substring(0, last.indexOf('.')) + String.format(Locale.ROOT, ".%02d", number);
  }
}
