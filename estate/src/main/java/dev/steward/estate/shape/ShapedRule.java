package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Evidence;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Quote;
import dev.steward.model.Fact;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a check that is made of conditions.
 *
 * @param shown is in the evidence, too
 * @param saves null where it is what the resource costs, or the difference to something cheaper
 * @param savingIs for people
 * @param of the kind, as far as its row is written
 */
public record ShapedRule(
    List<Condition> conditions,
    List<Attribute<?>> shown,
    Confidence confidence,
    Kind.@Nullable Cost saves,
    @Nullable String savingIs,
    Kind.OfChecks of)
    implements WasteCheck.Rule {

  @Override
  public Verdict judge(Resource resource, Sight sight) {
    Map<String, Fact> evidence = new LinkedHashMap<>();
    String unknown = null;
    for (Condition condition : conditions)
      switch (condition.of(resource, sight, of)) {
        case Outcome.Not _ -> {
          return Verdict.FINE;
        }
        case Outcome.Unknown doubt -> unknown = unknown == null ? doubt.reason() : unknown;
        case Outcome.Holds holds -> evidence.putAll(holds.evidence());
      }
    if (unknown != null) return Verdict.unknown(unknown);
    for (Attribute<?> attribute : shown) {
      String value = attribute.text(resource);
      if (value != null) evidence.putIfAbsent(attribute.name(), attribute.shown(resource, value));
    }
    if (savingIs != null) evidence.put("saving_is", Fact.of(savingIs));
    List<Object> facts = new ArrayList<>();
    evidence.forEach((name, value) -> facts.addAll(List.of(name, value)));
    return Evidence.waste(sight, saving(resource, sight), confidence, resource, facts.toArray());
  }

  private Optional<Quote> saving(Resource resource, Sight sight) {
    if (saves != null) return saves.monthly(resource, sight.prices());
    for (Condition condition : conditions)
      if (condition instanceof Cheaper cheaper) return cheaper.saving(resource, sight.prices(), of);
    return of.cost().monthly(resource, sight.prices());
  }
}
