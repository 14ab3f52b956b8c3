package dev.steward.aws.actions;

import dev.steward.estate.logs.SetRetention;
import dev.steward.model.Resource;
import java.util.Map;

/** How long a log group keeps its events. */
final class LogRetention implements Action {
  @Override
  public Map<String, String> recipe(Site site, Resource now) {
    String days = now.attribute("retention_days");
    return Map.of("retention_days", days == null ? "" : days);
  }

  @Override
  public Acted act(Site site) {
    String days = site.given(SetRetention.DAYS);
    if (site.read().isEmpty()) return Acted.drifted("it is gone");
    set(site, days);
    return Acted.done("events are kept for " + days + " days");
  }

  @Override
  public Back undo(Site site) {
    if (site.read().isEmpty()) return new Back(false, "the log group is gone");
    String before = site.note("retention_days");
    set(site, before);
    return new Back(
        true, before.isEmpty() ? "events are kept for ever again" : "kept for " + before + " days");
  }

  /** Setting it a second time changes nothing. */
  private static void set(Site site, String days) {
    if (days.isEmpty()) site.clients().logs().deleteRetentionPolicy(r -> r.logGroupName(site.id()));
    else
      site.clients()
          .logs()
          .putRetentionPolicy(
              r -> r.logGroupName(site.id()).retentionInDays(Integer.valueOf(days)));
    site.until(
        "the retention is set",
        () ->
            site.read()
                .map(
                    r -> r.attribute("retention_days") == null ? "" : r.attribute("retention_days"))
                .map(days::equals)
                .orElse(true));
  }
}
