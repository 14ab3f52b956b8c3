package dev.steward.activities.governance;

import dev.steward.activities.aws.AwsError;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/** Settings of what stays where it is. */
final class SettingActions {
  private SettingActions() {}

  static final class LogRetention implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      String days = now.attribute("retention_days");
      return Map.of("retention_days", days == null ? "" : days);
    }

    @Override
    public Acted act(Site site) {
      String days = site.step().parameters().getOrDefault("days", "");
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
          true,
          before.isEmpty() ? "events are kept for ever again" : "kept for " + before + " days");
    }

    /** Setting it a second time changes nothing. */
    private static void set(Site site, String days) {
      if (days.isEmpty())
        site.clients().logs().deleteRetentionPolicy(r -> r.logGroupName(site.id()));
      else
        site.clients()
            .logs()
            .putRetentionPolicy(
                r -> r.logGroupName(site.id()).retentionInDays(Integer.valueOf(days)));
      site.until(
          "the retention is set",
          () ->
              site.read()
                  .map(r ->
                      r.attribute("retention_days") == null ? "" : r.attribute("retention_days"))
                  .map(days::equals)
                  .orElse(true));
    }
  }

  /**
   * Adds one rule beside those that are there: unfinished uploads go after a week, objects move to
   * intelligent tiering after the days.
   */
  static final class BucketLifecycle implements Action {
    private static final int UPLOAD_DAYS = 7;

    @Override
    public Acted act(Site site) {
      if (site.read().isEmpty()) return Acted.drifted("it is gone");
      List<LifecycleRule> rules = new ArrayList<>(rules(site));
      if (rules.stream().noneMatch(r -> site.name().equals(r.id()))) {
        rules.add(rule(site));
        site.clients()
            .s3()
            .putBucketLifecycleConfiguration(
                r -> r.bucket(site.id()).lifecycleConfiguration(c -> c.rules(rules)));
      }
      return Acted.done("the rule " + site.name() + " is there");
    }

    private static LifecycleRule rule(Site site) {
      int days = Integer.parseInt(site.step().parameters().getOrDefault("days", "30"));
      return LifecycleRule.builder()
          .id(site.name())
          .filter(f -> f.prefix(""))
          .status(ExpirationStatus.ENABLED)
          .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(UPLOAD_DAYS))
          .transitions(t -> t.days(days).storageClass(TransitionStorageClass.INTELLIGENT_TIERING))
          .build();
    }

    private static List<LifecycleRule> rules(Site site) {
      try {
        return site.clients()
            .s3()
            .getBucketLifecycleConfiguration(r -> r.bucket(site.id()))
            .rules();
      } catch (S3Exception e) {
        if (AwsError.code(e).equals("NoSuchLifecycleConfiguration")) return List.of();
        throw e;
      }
    }

    @Override
    public Back undo(Site site) {
      Optional<Resource> bucket = site.read();
      if (bucket.isEmpty()) return new Back(false, "the bucket is gone");
      List<LifecycleRule> rules = rules(site);
      List<LifecycleRule> others = rules.stream().filter(r -> !site.name().equals(r.id())).toList();
      if (others.size() < rules.size()) {
        if (others.isEmpty()) site.clients().s3().deleteBucketLifecycle(r -> r.bucket(site.id()));
        else
          site.clients()
              .s3()
              .putBucketLifecycleConfiguration(
                  r -> r.bucket(site.id()).lifecycleConfiguration(c -> c.rules(others)));
      }
      return new Back(true, "the rule is gone");
    }
  }
}
