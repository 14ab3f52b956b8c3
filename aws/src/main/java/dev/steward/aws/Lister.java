package dev.steward.aws;

import dev.steward.estate.BatchedDetail;
import dev.steward.estate.Description;
import dev.steward.estate.Description.Again;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.RegionSetting;
import dev.steward.estate.Tags;
import dev.steward.model.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Lists any kind of the catalogue, a page at a time, and reads one resource of it again. */
public final class Lister {
  private final Kind kind;
  private final Description how;
  private final RegionClients clients;
  private final Tags tags;

  private Lister(Kind kind, RegionClients clients, Tags tags) {
    this.kind = kind;
    this.how = kind.described();
    this.clients = clients;
    this.tags = tags;
  }

  /** What of a listing is asked at once. */
  private record Said(List<?> items, @Nullable String next) {}

  /**
   * @param token what the page before it gave as {@code next}; null for the first
   * @throws SdkException what AWS answers to the listing itself
   */
  public static Page page(Kind kind, RegionClients clients, @Nullable String token) {
    Lister lister = new Lister(kind, clients, kind.tags());
    Said said = lister.said(token);
    return Page.of(lister.read(said.items()), said.next());
  }

  /**
   * One resource as the listing would show it now; empty when it is gone or going.
   *
   * @throws SdkException what AWS answers, and what may be answered when it is asked again
   */
  public static Optional<Resource> read(Kind kind, RegionClients clients, String id) {
    try {
      return new Lister(kind, clients, kind.tags().alone()).read(id);
    } catch (AwsServiceException e) {
      if (AwsError.isAbsent(e)) return Optional.empty();
      throw e;
    }
  }

  /**
   * Every resource of the kind in the region, whose tags nobody needs to know.
   *
   * @throws SdkException what AWS answers to the listing itself
   */
  public static void untagged(Kind kind, RegionClients clients, Consumer<Resource> each) {
    Lister lister = new Lister(kind, clients, Tags.NONE);
    Set<String> tokens = new HashSet<>();
    String token = null;
    do {
      Said said = lister.said(token);
      lister.read(said.items()).stream()
          .map(Described::listed)
          .flatMap(Optional::stream)
          .forEach(each);
      token = said.next();
      if (token != null && !tokens.add(token)) throw new SamePage.Again();
    } while (token != null);
  }

  /** The parameters of the first page. */
  static Map<String, Object> ask(Map<String, Object> ask, Paging paging, RegionClients clients) {
    if (!paging.isSized()) return ask;
    Map<String, Object> sized = new HashMap<>(ask);
    sized.put(paging.size(), Math.max(paging.least(), clients.page(paging.most())));
    return sized;
  }

  private Said said(@Nullable String token) {
    Paging paging = how.paging();
    Map<String, Object> ask = new HashMap<>(ask(how.ask(), paging, clients));
    if (how.parents() != null) {
      Children.Under under = new Children(how, how.parents(), clients, ask).page(token);
      return new Said(under.said(), under.next());
    }
    if (token != null) ask.put(paging.in(), token);
    Map<String, Object> answer = clients.call(how.call(), ask);
    return new Said(
        Answers.list(how.items(), answer),
        paging.isPaged() ? Answers.text(Answers.at(paging.out(), answer)) : null);
  }

  private ListedItem item(Object said) {
    return new ListedItem(kind, clients, tags, said);
  }

  private List<Described> read(List<?> said) {
    List<Described> described =
        described(said.stream().map(this::item).filter(item -> !item.isGone()).toList());
    if (!described.isEmpty())
      for (RegionSetting setting : kind.settings()) {
        String told = RegionSettings.told(clients, setting);
        described.forEach(one -> one.with(setting.attribute(), told));
      }
    return described;
  }

  private Optional<Resource> read(String id) {
    Optional<ListedItem> item =
        switch (how.again()) {
          case Again.Never _ ->
              throw new IllegalArgumentException(kind.id() + " is not read again");
          case Again.Itself itself ->
              Optional.ofNullable(
                      Answers.at(itself.item(), Map.of("id", id, "region", clients.region())))
                  .map(this::item);
          case Again.Asked asked -> find(asked.parameter(), id);
        };
    return item.stream()
        .flatMap(one -> described(List.of(one)).stream())
        .findFirst()
        .flatMap(Described::read)
        .filter(resource -> !isGone(resource.state()));
  }

  private boolean isGone(@Nullable String state) {
    return state != null && (how.gone().contains(state) || how.going().contains(state));
  }

  /** Some operations take the beginning of a name, so that there may be pages of others. */
  private Optional<ListedItem> find(String parameter, String id) {
    Map<String, Object> ask = new HashMap<>(how.ask());
    ask.put(parameter, id);
    AtomicReference<ListedItem> found = new AtomicReference<>();
    new PageLoop(how.call(), how.paging().in(), how.paging().out(), Set.of())
        .read(
            clients,
            ask,
            page -> {
              Answers.list(how.items(), page).stream()
                  .map(this::item)
                  .filter(item -> item.id().equals(id))
                  .findFirst()
                  .ifPresent(found::set);
              return found.get() == null;
            });
    return Optional.ofNullable(found.get());
  }

  private List<Described> described(List<ListedItem> items) {
    if (!how.isDetailed()) return items.stream().map(ListedItem::gathered).toList();
    BatchedDetails batches = new BatchedDetails(clients);
    for (BatchedDetail batch : how.batches()) batches.ask(batch, items);
    // What is listed by name alone says its state only now.
    List<ListedItem> there = items.stream().filter(item -> !item.isGone()).toList();
    SideBySide.map(there, ListedItem::ask);
    if (tags instanceof Tags.Batched batched) batches.tags(batched, there);
    return there.stream().map(ListedItem::gathered).toList();
  }
}
