package dev.steward.aws;

import dev.steward.estate.Attribute;
import dev.steward.estate.Description;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** One resource of a listing, with what is known of it so far. */
final class ListedItem {
  private final Kind kind;
  private final Description how;
  private final RegionClients clients;
  private final Tags tags;
  private final Map<String, Object> known = new HashMap<>();
  private final Described into;

  ListedItem(Kind kind, RegionClients clients, Tags tags, Object said) {
    this.kind = kind;
    this.how = kind.described();
    this.clients = clients;
    this.tags = tags;
    if (said instanceof Map<?, ?> map)
      map.forEach((name, value) -> known.put(String.valueOf(name), value));
    into = new Described(kind.id(), clients.region(), id());
    into.with(how.attributes(), known);
  }

  String id() {
    String id = Answers.text(at(how.id()));
    // What has no name cannot be kept, and leaving it out would be a gap that nobody sees.
    if (id == null) throw SdkClientException.create("AWS listed a " + kind.id() + " without an id");
    return id;
  }

  @Nullable String state() {
    return how.state() == null ? null : Answers.text(at(how.state()));
  }

  /** Whether it is still listed and no longer there. */
  boolean isGone() {
    return how.gone().contains(String.valueOf(state()));
  }

  /** What is known of it at the path. */
  @Nullable Object at(Path path) {
    return Answers.at(path, known);
  }

  /** The parameters of a question about it; those that nothing is known for stay out. */
  Map<String, Object> asked(Map<String, Path> parameters) {
    return Details.asked(parameters, known);
  }

  /** What it says of itself, and what was gathered. */
  Described gathered() {
    if (how.name() != null) into.name(Answers.text(at(how.name())));
    if (how.created() != null) into.created(instant(at(how.created())));
    if (tags instanceof Tags.Listed listed)
      into.tags(TagForms.read(Answers.at(listed.path(), known)));
    return into.state(state());
  }

  /** Everything that is asked about it alone; returns the same. */
  ListedItem ask() {
    RegionClients there = clients.in(place());
    into.in(there.region());
    for (Detail detail : how.details()) {
      Map<String, Object> ask = asked(detail.ask());
      // Without its parameters it would be asked of everything there is.
      if (ask.size() < detail.ask().size()) into.notAsked(detail.what());
      else
        into.detail(
            detail.what(), () -> keep(detail.attributes(), Details.answer(there, detail, ask)));
    }
    if (tags instanceof Tags.Asked asked) {
      Map<String, Object> ask = asked(asked.ask());
      if (ask.size() < asked.ask().size()) into.tagsUnknown();
      else into.tagsOf(() -> allTags(there, asked, ask));
    }
    return this;
  }

  /** What an answer tells of it is known from now on. */
  void keep(List<Attribute<?>> attributes, Object answer) {
    into.with(attributes, answer);
    if (answer instanceof Map<?, ?> map)
      map.forEach((name, value) -> {
        if (value != null) known.put(String.valueOf(name), value);
      });
  }

  void notAnswered(String what) {
    into.notAsked(what);
  }

  void failed(String what, SdkException e) {
    into.failed(what, e);
  }

  void gone() {
    into.gone();
  }

  void tagged(@Nullable Object said) {
    into.tags(TagForms.read(said));
  }

  void tagsUnknown() {
    into.tagsUnknown();
  }

  void tagsFailed(SdkException e) {
    into.tagsFailed(e);
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
                              clients, place.otherwise(), asked(place.otherwise().ask())))));
    return region[0] == null ? clients.region() : region[0];
  }

  private static Map<String, String> allTags(
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
