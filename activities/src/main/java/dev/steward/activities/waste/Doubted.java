package dev.steward.activities.waste;

import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Coverage;
import dev.steward.model.Resource;
import dev.steward.model.Scan.DoubtCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a kind is in doubt.
 *
 * @param place where the coverage record keeps it
 */
record Doubted(Kind kind, String place, List<Resource> resources) {
  Doubted {
    resources = List.copyOf(resources);
  }

  static List<Doubted> byPlace(List<Resource> resources) {
    Map<String, Map<String, List<Resource>>> kinds =
        resources.stream()
            .collect(
                Collectors.groupingBy(
                    Resource::kind,
                    TreeMap::new,
                    Collectors.groupingBy(
                        one -> Catalogue.kind(one.kind()).place(one.region()),
                        TreeMap::new,
                        Collectors.toList())));
    List<Doubted> places = new ArrayList<>();
    kinds.forEach((kind, by) ->
        by.forEach((place, those) -> places.add(new Doubted(Catalogue.kind(kind), place, those))));
    return places;
  }

  /** Whether this line is of a question about it. */
  boolean isOf(DoubtCoverage line) {
    return line.kind().equals(kind.id()) && line.region().equals(place);
  }

  /** Of what nobody was asked. */
  DoubtCoverage unasked(String question, String why) {
    return new DoubtCoverage(place, kind.id(), question, Coverage.FAILED, resources.size(), why);
  }
}
