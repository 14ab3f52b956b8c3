package dev.steward.aws;

import dev.steward.estate.Description;
import dev.steward.estate.Description.Again;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.RegionSetting;
import dev.steward.estate.Tags;
import dev.steward.model.Resource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Lists any kind of the catalogue, a page at a time, and reads one resource of it again. */
public final class Lister {
  private final Kind kind;
  private final Description how;
  private final RegionClients clients;
  private final Tags tags;

  private Lister(Kind kind, RegionClients clients) {
    this(kind, clients, kind.tags());
  }

  private Lister(Kind kind, RegionClients clients, Tags tags) {
    this.kind = kind;
    this.how = kind.described();
    this.clients = clients;
    this.tags = tags;
  }

  /**
   * @param token what the page before it gave as {@code next}; null for the first
   * @throws SdkException what AWS answers to the listing itself
   */
  public static Page page(Kind kind, RegionClients clients, @Nullable String token) {
    return new Lister(kind, clients).page(token);
  }

  /**
   * One resource as the listing would show it now; empty when it is gone or going.
   *
   * @throws SdkException what AWS answers, and what may be answered when it is asked again
   */
  public static Optional<Resource> read(Kind kind, RegionClients clients, String id) {
    try {
      return new Lister(kind, clients).read(id);
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
    lister
        .loop()
        .read(
            clients,
            lister.ask(),
            answer -> {
              lister.read(answer).resources().forEach(each);
              return true;
            });
  }

  private PageLoop loop() {
    return new PageLoop(how.call(), how.paging().in(), how.paging().out(), Set.of());
  }

  /** For the first page. */
  private Map<String, Object> ask() {
    Paging paging = how.paging();
    Map<String, Object> ask = new HashMap<>(how.ask());
    if (paging.isSized())
      ask.put(paging.size(), Math.max(paging.least(), clients.page(paging.most())));
    return ask;
  }

  private Page page(@Nullable String token) {
    Map<String, Object> ask = ask();
    if (token != null) ask.put(how.paging().in(), token);
    return read(clients.call(how.call(), ask));
  }

  private Page read(Map<String, Object> answer) {
    Paging paging = how.paging();
    List<Item> items =
        Answers.list(how.items(), answer).stream()
            .map(Item::new)
            .filter(item -> !how.gone().contains(String.valueOf(item.state())))
            .toList();
    List<Described> described = described(items);
    if (!described.isEmpty())
      for (RegionSetting setting : kind.settings()) {
        String told = RegionSettings.told(clients, setting);
        described.forEach(one -> one.with(setting.attribute(), told));
      }
    return Page.of(
        described, paging.isPaged() ? Answers.text(Answers.at(paging.out(), answer)) : null);
  }

  private Optional<Resource> read(String id) {
    Optional<Item> item =
        switch (how.again()) {
          case Again.Never _ ->
              throw new IllegalArgumentException(kind.id() + " is not read again");
          case Again.Itself itself ->
              Optional.ofNullable(
                      Answers.at(itself.item(), Map.of("id", id, "region", clients.region())))
                  .map(Item::new);
          case Again.Asked asked -> find(asked.parameter(), id);
        };
    return item.map(one -> described(List.of(one)).getFirst())
        .flatMap(Described::read)
        .filter(resource -> !isGone(resource.state()));
  }

  private boolean isGone(@Nullable String state) {
    return state != null && (how.gone().contains(state) || how.going().contains(state));
  }

  /** Some operations take the beginning of a name, so that there may be pages of others. */
  private Optional<Item> find(String parameter, String id) {
    Map<String, Object> ask = new HashMap<>(how.ask());
    ask.put(parameter, id);
    AtomicReference<Item> found = new AtomicReference<>();
    loop()
        .read(
            clients,
            ask,
            page -> {
              Answers.list(how.items(), page).stream()
                  .map(Item::new)
                  .filter(item -> item.id().equals(id))
                  .findFirst()
                  .ifPresent(found::set);
              return found.get() == null;
            });
    return Optional.ofNullable(found.get());
  }

  private List<Described> described(List<Item> items) {
    if (!how.isDetailed()) return items.stream().map(Item::gathered).toList();
    SideBySide.map(items, Item::ask);
    if (tags instanceof Tags.Batched batched)
      SideBySide.map(
          items.stream().gather(Gatherers.windowFixed(batched.most())).toList(),
          batch -> tagged(batched, batch));
    return items.stream().map(Item::gathered).toList();
  }

  /** Reads the tags of a batch; returns the same. */
  private List<Item> tagged(Tags.Batched how, List<Item> batch) {
    batch.stream().filter(item -> item.name(how) == null).forEach(item -> item.into.tagsUnknown());
    Map<String, Item> byName =
        batch.stream()
            .filter(item -> item.name(how) != null)
            .collect(
                Collectors.toMap(
                    item -> String.valueOf(item.name(how)), Function.identity(), (a, b) -> a));
    try {
      Described.withSession(() -> askTags(how, byName));
    } catch (SdkException e) {
      // One that is gone meanwhile fails the batch, and must not cost the others their tags.
      if (AwsError.of(e) == AwsError.GONE && batch.size() > 1)
        batch.forEach(one -> tagged(how, List.of(one)));
      else batch.forEach(one -> one.into.tagsFailed(e));
    }
    return batch;
  }

  private void askTags(Tags.Batched how, Map<String, Item> byName) {
    Set<Item> silent = new HashSet<>(byName.values());
    Map<String, Object> answer =
        clients.call(how.call(), Map.of(how.parameter(), List.copyOf(byName.keySet())));
    for (Object said : Answers.list(how.items(), answer)) {
      Item item = byName.get(String.valueOf(Answers.at(how.key(), said)));
      if (item == null) continue;
      silent.remove(item);
      item.into.tags(TagForms.read(Answers.at(how.path(), said)));
    }
    // Who is not in the answer has not been said to have no tags.
    silent.forEach(item -> item.into.tagsUnknown());
  }

  /** One resource of a page, with what is known of it so far. */
  private final class Item {
    private final Map<String, Object> known = new HashMap<>();
    private final Described into;

    Item(Object said) {
      if (said instanceof Map<?, ?> map)
        map.forEach((name, value) -> known.put(String.valueOf(name), value));
      into = new Described(kind.id(), clients.region(), id());
      into.with(how.attributes(), known);
    }

    String id() {
      String id = Answers.text(Answers.at(how.id(), known));
      // What has no name cannot be kept, and leaving it out would be a gap that nobody sees.
      if (id == null)
        throw SdkClientException.create("AWS listed a " + kind.id() + " without an id");
      return id;
    }

    @Nullable String state() {
      return how.state() == null ? null : Answers.text(Answers.at(how.state(), known));
    }

    @Nullable Object name(Tags.Batched tags) {
      return Answers.at(tags.name(), known);
    }

    Described gathered() {
      if (how.name() != null) into.name(Answers.text(Answers.at(how.name(), known)));
      if (how.created() != null) into.created(instant(Answers.at(how.created(), known)));
      if (tags instanceof Tags.Listed listed)
        into.tags(TagForms.read(Answers.at(listed.path(), known)));
      return into.state(state());
    }

    /** Everything that is asked about it; returns the same. */
    Item ask() {
      RegionClients there = clients.in(place());
      into.in(there.region());
      for (Detail detail : how.details()) {
        Map<String, Object> ask = Details.asked(detail.ask(), known);
        // Without its parameters it would be asked of everything there is.
        if (ask.size() < detail.ask().size()) into.notAsked(detail.what());
        else into.detail(detail.what(), () -> keep(detail, Details.answer(there, detail, ask)));
      }
      if (tags instanceof Tags.Asked asked) {
        Map<String, Object> ask = Details.asked(asked.ask(), known);
        if (ask.size() < asked.ask().size()) into.tagsUnknown();
        else into.tagsOf(() -> allTags(there, asked, ask));
      }
      return this;
    }

    private void keep(Detail detail, Object answer) {
      into.with(detail.attributes(), answer);
      if (answer instanceof Map<?, ?> map)
        map.forEach((name, value) -> {
          if (value != null) known.put(String.valueOf(name), value);
        });
    }

    private String place() {
      Description.Place place = how.place();
      if (place == null) return clients.region();
      String[] region = {Answers.text(Answers.at(place.path(), known))};
      if (region[0] == null)
        into.detail(
            place.otherwise().what(),
            () ->
                region[0] =
                    Answers.text(
                        Answers.at(
                            place.answer(),
                            Details.answer(
                                clients,
                                place.otherwise(),
                                Details.asked(place.otherwise().ask(), known)))));
      return region[0] == null ? clients.region() : region[0];
    }

    private Map<String, String> allTags(
        RegionClients there, Tags.Asked how, Map<String, Object> ask) {
      Map<String, String> tags = new HashMap<>();
      new PageLoop(how.call(), how.token(), how.token(), how.none())
          .read(
              there,
              ask,
              page -> {
                tags.putAll(TagForms.read(Answers.at(how.path(), page)));
                return true;
              });
      return tags;
    }
  }

  private static @Nullable Instant instant(@Nullable Object said) {
    return switch (said) {
      case null -> null;
      case Instant instant -> instant;
      case Number millis -> Instant.ofEpochMilli(millis.longValue());
      default -> {
        try {
          yield Instant.parse(said.toString());
        } catch (DateTimeParseException e) {
          yield null;
        }
      }
    };
  }
}
