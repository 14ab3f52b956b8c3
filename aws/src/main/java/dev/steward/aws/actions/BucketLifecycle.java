package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.estate.s3.SetLifecycle;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/**
 * Adds one rule beside those that are there: unfinished uploads go after a week, objects move to
 * intelligent tiering after the days.
 *
 * <p>A put replaces the whole configuration, and what it does not say gets S3's default: so what
 * was read is said again, the least size of what moves too (S3 API reference,
 * PutBucketLifecycleConfiguration). A configuration is of one form, in which rules have a prefix of
 * their own or a filter; ours has a filter, so that older ones are put as that, and back.
 */
final class BucketLifecycle implements Action {
  private static final int UPLOAD_DAYS = 7;

  /** In the recipe: the rules had prefixes of their own. */
  private static final String FIRST_FORM = "first_form";

  private record Lifecycle(
      List<LifecycleRule> rules, @Nullable TransitionDefaultMinimumObjectSize least) {
    boolean has(String id) {
      return rules.stream().anyMatch(r -> id.equals(r.id()));
    }

    boolean isOfFirstForm() {
      return rules.stream().anyMatch(r -> prefix(r) != null);
    }
  }

  @Override
  public Map<String, String> recipe(Site site, Resource now) {
    return lifecycle(site).isOfFirstForm() ? Map.of(FIRST_FORM, "true") : Map.of();
  }

  @Override
  public Acted act(Site site) {
    if (site.read().isEmpty()) return Acted.drifted("it is gone");
    Lifecycle now = lifecycle(site);
    if (!now.has(site.name())) {
      List<LifecycleRule> rules =
          new ArrayList<>(now.rules().stream().map(BucketLifecycle::filtered).toList());
      rules.add(rule(site));
      put(site, new Lifecycle(rules, now.least()));
    }
    return Acted.done("the rule " + site.name() + " is there");
  }

  @Override
  public Back undo(Site site) {
    Optional<Resource> bucket = site.read();
    if (bucket.isEmpty()) return new Back(false, "the bucket is gone");
    Lifecycle now = lifecycle(site);
    if (now.has(site.name())) {
      List<LifecycleRule> others =
          now.rules().stream().filter(r -> !site.name().equals(r.id())).toList();
      // Who has added a rule with more than a prefix meanwhile has chosen the other form.
      boolean first =
          site.note(FIRST_FORM).equals("true")
              && others.stream().allMatch(BucketLifecycle::isOfPrefixAlone);
      put(
          site,
          new Lifecycle(
              first ? others.stream().map(BucketLifecycle::prefixed).toList() : others,
              now.least()));
    }
    return new Back(true, "the rule is gone");
  }

  private static LifecycleRule rule(Site site) {
    int days = Integer.parseInt(site.given(SetLifecycle.DAYS));
    return LifecycleRule.builder()
        .id(site.name())
        .filter(f -> f.prefix(""))
        .status(ExpirationStatus.ENABLED)
        .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(UPLOAD_DAYS))
        .transitions(t -> t.days(days).storageClass(TransitionStorageClass.INTELLIGENT_TIERING))
        .build();
  }

  private static Lifecycle lifecycle(Site site) {
    try {
      GetBucketLifecycleConfigurationResponse now =
          site.clients().s3().getBucketLifecycleConfiguration(r -> r.bucket(site.id()));
      return new Lifecycle(now.rules(), now.transitionDefaultMinimumObjectSize());
    } catch (S3Exception e) {
      if (AwsError.code(e).equals("NoSuchLifecycleConfiguration"))
        return new Lifecycle(List.of(), null);
      throw e;
    }
  }

  private static void put(Site site, Lifecycle lifecycle) {
    if (lifecycle.rules().isEmpty())
      site.clients().s3().deleteBucketLifecycle(r -> r.bucket(site.id()));
    else
      site.clients()
          .s3()
          .putBucketLifecycleConfiguration(r ->
              r.bucket(site.id())
                  .lifecycleConfiguration(c -> c.rules(lifecycle.rules()))
                  .transitionDefaultMinimumObjectSize(lifecycle.least()));
  }

  /** S3 still tells of it, and knows it by no other name. */
  @SuppressWarnings("deprecation")
  private static @Nullable String prefix(LifecycleRule rule) {
    return rule.prefix();
  }

  @SuppressWarnings("deprecation")
  private static LifecycleRule filtered(LifecycleRule rule) {
    String prefix = prefix(rule);
    if (prefix == null) return rule;
    return rule.toBuilder().prefix(null).filter(f -> f.prefix(prefix)).build();
  }

  @SuppressWarnings("deprecation")
  private static LifecycleRule prefixed(LifecycleRule rule) {
    return rule.toBuilder()
        .prefix(rule.filter().prefix())
        .filter((LifecycleRuleFilter) null)
        .build();
  }

  private static boolean isOfPrefixAlone(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    return filter != null
        && filter.prefix() != null
        && LifecycleRuleFilter.builder().prefix(filter.prefix()).build().equals(filter);
  }
}
