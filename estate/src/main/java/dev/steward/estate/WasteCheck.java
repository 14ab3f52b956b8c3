package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;

/**
 * A rule over one kind of resource.
 *
 * @param version raised whenever the rule would decide otherwise on the same data
 * @param needs the other kinds it must see in the region to decide
 * @param metrics the metric ids of its kind that it reads
 * @param remediations what can be done about it
 */
public record WasteCheck(
    String id,
    String title,
    String kind,
    int version,
    List<String> needs,
    List<String> metrics,
    List<Threshold> thresholds,
    List<String> remediations,
    Rule rule) {

  /** Decides about one resource; pure. */
  @FunctionalInterface
  public interface Rule {
    Verdict judge(Resource resource, Sight sight);
  }

  public WasteCheck {
    needs = List.copyOf(needs);
    metrics = List.copyOf(metrics);
    thresholds = List.copyOf(thresholds);
    remediations = List.copyOf(remediations);
  }
}
