package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Quote;
import dev.steward.model.Finding.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check that is made of conditions. It saves what the resource costs, or the difference where a
 * condition is that something else is cheaper, unless it says what.
 */
public final class Shape {
  private final String id;
  private final String title;
  private List<Condition> conditions = List.of();
  private final List<Attribute<?>> shown = new ArrayList<>();
  private Confidence confidence = Confidence.MEDIUM;
  private Kind.@Nullable Cost saves;
  private @Nullable String savingIs;

  private Shape(String id, String title) {
    this.id = id;
    this.title = title;
  }

  public static Shape check(String id, String title) {
    return new Shape(id, title);
  }

  /** All of these must hold. */
  public Shape when(Condition... all) {
    conditions = List.of(all);
    return this;
  }

  /** Medium, unless the row says otherwise. */
  public Shape confidence(Confidence much) {
    confidence = much;
    return this;
  }

  /** What a month without it saves, where that is not what it costs. */
  public Shape saves(Kind.Cost saving) {
    saves = saving;
    return this;
  }

  /** It costs nothing, and is only in the way. */
  public Shape savesNothing() {
    return saves((resource, prices) -> Optional.of(Quote.NOTHING));
  }

  /** What it saves is not known: that hangs on what is done about it. */
  public Shape savesUnknown() {
    return saves((resource, prices) -> Optional.empty());
  }

  /** What the saving is, where a person could take it for another one. */
  public Shape savingIs(String words) {
    savingIs = words;
    return this;
  }

  /** These are in the evidence, too. */
  public Shape shows(Attribute<?>... attributes) {
    shown.addAll(List.of(attributes));
    return this;
  }

  /** To be gone on with as any other check: actions, precedence, version. */
  public WasteCheck.Row row() {
    WasteCheck.Row row = WasteCheck.of(id, title);
    row.needs(
            conditions.stream().flatMap(c -> c.needs().stream()).distinct().toArray(String[]::new))
        .reads(
            conditions.stream()
                .flatMap(c -> c.metrics().stream())
                .distinct()
                .toArray(String[]::new));
    conditions.stream().flatMap(c -> c.thresholds().stream()).distinct().forEach(row::threshold);
    LastDay.Bound[] bounds =
        conditions.stream().flatMap(c -> c.lastDay().stream()).toArray(LastDay.Bound[]::new);
    if (bounds.length > 0) row.lastDay(bounds);
    return row.rule(
        of -> new ShapedRule(conditions, List.copyOf(shown), confidence, saves, savingIs, of));
  }
}
