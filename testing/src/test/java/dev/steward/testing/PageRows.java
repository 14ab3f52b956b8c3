package dev.steward.testing;

import static dev.steward.testing.Row.answers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Pages: each thing once, none left out, and the last page says that it is the last. */
final class PageRows {
  private static final String EC2 =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination";
  private static final String BUCKETS =
      "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html";

  /** A page: the ids on it, and where the next one begins. */
  private record Page(List<String> ids, @Nullable String next) {}

  private interface Listing {
    Page from(@Nullable String token);
  }

  static final List<Row> ALL =
      List.of(
          answers(
              "ec2:DescribeVolumes",
              "twelve in pages of five",
              "5 5 2 of 12",
              EC2,
              aws -> {
                for (int i = 0; i < 12; i++) Made.volume(aws, "gp3");
                return pages(token -> {
                  var page = aws.ec2().describeVolumes(r -> r.maxResults(5).nextToken(token));
                  return new Page(
                      page.volumes().stream().map(v -> v.volumeId()).toList(), page.nextToken());
                });
              }),
          answers(
              "ec2:DescribeVolumes",
              "exactly one page",
              "5 of 5",
              EC2,
              aws -> {
                for (int i = 0; i < 5; i++) Made.volume(aws, "gp3");
                return pages(token -> {
                  var page = aws.ec2().describeVolumes(r -> r.maxResults(5).nextToken(token));
                  return new Page(
                      page.volumes().stream().map(v -> v.volumeId()).toList(), page.nextToken());
                });
              }),
          answers(
              "ec2:DescribeSnapshots",
              "seven in pages of five",
              "5 2 of 7",
              EC2,
              aws -> {
                String volume = Made.volume(aws, "gp3");
                for (int i = 0; i < 7; i++) Made.snapshot(aws, volume);
                return pages(token -> {
                  var page =
                      aws.ec2()
                          .describeSnapshots(
                              r -> r.ownerIds("self").maxResults(5).nextToken(token));
                  return new Page(
                      page.snapshots().stream().map(s -> s.snapshotId()).toList(),
                      page.nextToken());
                });
              }),
          answers(
              "ec2:DescribeImages",
              "six in pages of five",
              "5 1 of 6",
              EC2,
              aws -> {
                for (int i = 0; i < 6; i++) Made.image(aws, "golden-" + i);
                return pages(token -> {
                  var page =
                      aws.ec2()
                          .describeImages(r -> r.owners("self").maxResults(5).nextToken(token));
                  return new Page(
                      page.images().stream().map(i -> i.imageId()).toList(), page.nextToken());
                });
              }),
          answers(
              "ec2:DescribeInstances",
              "six of one launch each, in pages of five",
              "5 1 of 6",
              EC2,
              aws -> {
                String image = Made.image(aws, "base");
                for (int i = 0; i < 6; i++)
                  aws.ec2()
                      .runInstances(
                          r -> r.imageId(image).instanceType("m5.large").minCount(1).maxCount(1));
                return pages(token -> {
                  var page = aws.ec2().describeInstances(r -> r.maxResults(5).nextToken(token));
                  return new Page(
                      page.reservations().stream()
                          .flatMap(r -> r.instances().stream())
                          .map(i -> i.instanceId())
                          .toList(),
                      page.nextToken());
                });
              }),
          answers(
              "ec2:DescribeNetworkInterfaces",
              "six in pages of five",
              "5 1 of 6",
              EC2,
              aws -> {
                String subnet = aws.ec2().describeSubnets().subnets().getFirst().subnetId();
                for (int i = 0; i < 6; i++)
                  aws.ec2().createNetworkInterface(r -> r.subnetId(subnet));
                return pages(token -> {
                  var page =
                      aws.ec2().describeNetworkInterfaces(r -> r.maxResults(5).nextToken(token));
                  return new Page(
                      page.networkInterfaces().stream().map(n -> n.networkInterfaceId()).toList(),
                      page.nextToken());
                });
              }),
          answers(
              "s3:ListBuckets",
              "five in pages of two, in the order of their names",
              "2 2 1 of 5 [a-0, a-1, a-2, a-3, a-4]",
              BUCKETS,
              aws -> {
                for (int i = 4; i >= 0; i--) bucket(aws, "a-" + i);
                List<String> names = new ArrayList<>();
                String prefix = aws.customer.account() + "-";
                String sizes =
                    pages(token -> {
                      var page =
                          aws.s3().listBuckets(r -> r.maxBuckets(2).continuationToken(token));
                      List<String> found = page.buckets().stream().map(Bucket::name).toList();
                      names.addAll(found);
                      return new Page(found, page.continuationToken());
                    });
                return sizes + " " + names.toString().replace(prefix, "");
              }),
          answers(
              "s3:ListBuckets",
              "with a parameter: it says where each one is",
              List.of(Tenant.REGION),
              BUCKETS,
              aws -> {
                bucket(aws, "b-0");
                return aws.s3().listBuckets(r -> r.maxBuckets(10)).buckets().stream()
                    .map(Bucket::bucketRegion)
                    .toList();
              }),
          answers(
              "s3:ListBuckets",
              "of a region that has none",
              0,
              BUCKETS,
              aws -> {
                bucket(aws, "c-0");
                return aws.s3().listBuckets(r -> r.bucketRegion("eu-west-1")).buckets().size();
              }),
          answers(
              "ec2:DescribeRegions",
              "those that are enabled",
              2,
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html",
              aws -> aws.ec2().describeRegions().regions().size()));

  private PageRows() {}

  private static void bucket(Tenant aws, String name) {
    aws.s3().createBucket(r -> r.bucket(aws.customer.account() + "-" + name));
  }

  /** How many stood on each page, and how many different ones on all. */
  private static String pages(Listing listing) {
    List<String> sizes = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    String token = null;
    do {
      Page page = listing.from(token);
      sizes.add(Integer.toString(page.ids().size()));
      ids.addAll(page.ids());
      token = page.next();
    } while (token != null && !token.isEmpty() && sizes.size() < 20);
    return String.join(" ", sizes) + " of " + ids.stream().distinct().count();
  }
}
