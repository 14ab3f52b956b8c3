package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.steward.estate.Kind;
import dev.steward.estate.Partition;
import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item;
import dev.steward.estate.price.Price;
import dev.steward.estate.price.Prices;
import dev.steward.estate.price.Quote;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A kind that costs has its region's own price, or says that it is unknown. */
final class PricesOfKindsTest {
  private static final PriceBook BOOK = PriceBook.current();

  /** They cost nothing themselves. */
  private static final Set<String> FREE =
      Set.of(
          "ec2_image",
          "target_group",
          "network_interface",
          "launch_template",
          "launch_configuration",
          "image_parameter",
          "ecs_cluster",
          "iam_user",
          "iam_role",
          "elastic_beanstalk_environment",
          "batch_compute_environment",
          "batch_job_queue");

  /** What AWS tells of one of each kind, as it is most often. */
  private static final Map<String, Map<String, String>> USUAL =
      Map.of(
          "ec2_instance",
          Map.of(
              "instance_type",
              "m5.large",
              "platform",
              "Linux/UNIX",
              "tenancy",
              "default",
              "lifecycle",
              "on-demand",
              "automatic_address",
              "none"),
          "ebs_volume",
          Map.of("volume_type", "gp3", "size_gb", "100", "iops", "4000", "throughput", "200"),
          "ebs_snapshot",
          Map.of("size_gb", "100", "tier", "standard"),
          "load_balancer",
          Map.of("type", "application"),
          "rds_instance",
          Map.of(
              "engine",
              "postgres",
              "instance_class",
              "db.m5.large",
              "multi_az",
              "false",
              "storage_type",
              "gp2",
              "size_gb",
              "100"),
          "rds_snapshot",
          Map.of("size_gb", "100"),
          "log_group",
          Map.of("stored_bytes", "1000000000"));

  /** All of the book, those of other partitions, and one that is yet to come. */
  private static Set<String> regions() {
    Set<String> all = new TreeSet<>(Set.of("cn-north-1", "cn-northwest-1", "xx-new-1"));
    for (Item.Family family : Item.Family.values()) all.addAll(Prices.regions(family));
    all.remove(Price.COMMERCIAL);
    return all;
  }

  private static Optional<Quote> monthly(Kind kind, String region) {
    Map<String, String> told = new HashMap<>(USUAL.getOrDefault(kind.id(), Map.of()));
    String state = kind.id().equals("ec2_instance") ? "running" : "available";
    return Catalogue.monthly(
        new Resource("x", kind.id(), region, null, state, null, Map.of(), told), BOOK);
  }

  @Test
  void everyKindInEveryRegion() {
    assertThat(regions()).hasSizeGreaterThan(36);
    for (Kind kind : Catalogue.KINDS)
      for (String region : regions()) {
        Optional<Quote> quote = monthly(kind, region);
        String what = kind.id() + " in " + region;
        if (FREE.contains(kind.id())) {
          assertThat(quote).as(what).contains(Quote.NOTHING);
          continue;
        }
        // What costs is never nothing: it has rows, and all of them are of its own region.
        quote.ifPresent(q -> {
          assertThat(q.money()).as(what).isGreaterThan(Money.ZERO);
          assertThat(q.rows())
              .as(what)
              .isNotEmpty()
              .allMatch(row ->
                  row.region().equals(region)
                      || (row.region().equals(Price.COMMERCIAL)
                          && Partition.ofRegion(region) == Partition.AWS));
        });
      }
  }

  @Test
  void theKindsThatTheBookKnowsHaveAPriceWhereItHasOne() {
    for (String kind :
        List.of(
            "ec2_instance",
            "ebs_volume",
            "ebs_snapshot",
            "elastic_ip",
            "nat_gateway",
            "load_balancer",
            "rds_instance",
            "rds_snapshot",
            "log_group"))
      assertThat(monthly(Catalogue.kind(kind), "us-east-1")).as(kind).isPresent();
    for (String kind : List.of("ec2_instance", "ebs_volume", "ebs_snapshot", "elastic_ip"))
      for (String region : List.of("eu-central-1", "ap-south-2", "ca-west-1", "us-west-1"))
        assertThat(monthly(Catalogue.kind(kind), region)).as(kind + " in " + region).isPresent();
  }

  @Test
  void whatTheBookKnowsNothingOfIsUnknown() {
    for (Kind kind : Catalogue.KINDS)
      for (String region : List.of("cn-north-1", "cn-northwest-1"))
        if (!FREE.contains(kind.id()))
          assertThat(monthly(kind, region)).as(kind.id() + " in " + region).isEmpty();
    for (String kind : List.of("s3_bucket", "lambda_function", "dynamodb_table"))
      for (String region : regions())
        assertThat(monthly(Catalogue.kind(kind), region)).as(kind).isEmpty();
  }

  /** What AWS may tell of anything: nothing, an empty word, another word, amounts of all sorts. */
  private static final List<String> TOLD =
      List.of("", "x", "none", "0", "1", "-1", "1e300", "NaN", "true");

  private static final List<@Nullable String> STATES =
      Arrays.asList(null, "", "available", "running", "stopped", "x");

  @Test
  void noKindThrowsWhateverAwsTellsOfIt() {
    for (Kind kind : Catalogue.KINDS)
      for (String region : List.of("us-east-1", "eu-central-1", "global", "cn-north-1", ""))
        for (String state : STATES) {
          quoted(kind, region, state, Map.of());
          for (String told : TOLD) {
            Map<String, String> all = new HashMap<>();
            kind.attributes().forEach(attribute -> all.put(attribute.name(), told));
            quoted(kind, region, state, all);
            kind.attributes()
                .forEach(a -> {
                  Map<String, String> one = new HashMap<>(USUAL.getOrDefault(kind.id(), Map.of()));
                  one.put(a.name(), told);
                  quoted(kind, region, state, one);
                });
          }
        }
  }

  /** It costs something that rows say, or nothing, or nobody knows. */
  private static void quoted(
      Kind kind, String region, @Nullable String state, Map<String, String> told) {
    String what = kind.id() + " in " + region + ", " + state + ", of which AWS tells " + told;
    assertThatNoException()
        .as(what)
        .isThrownBy(() ->
            Catalogue.monthly(
                    new Resource("x", kind.id(), region, null, state, null, Map.of(), told), BOOK)
                .ifPresent(quote -> {
                  if (quote.rows().isEmpty())
                    assertThat(quote.money()).as(what).isEqualTo(Money.ZERO);
                }));
  }
}
