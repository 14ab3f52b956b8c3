package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.rds.RdsClient;

/** Tags: how many, and whose. */
final class TagRows {
  private static final String EC2 =
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html";
  private static final String RDS =
      "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Tag.html";

  static final List<Row> ALL =
      List.of(
          answers(
              "ec2:CreateTags",
              "fifty",
              50,
              EC2,
              aws -> {
                String id = Made.volume(aws, "gp3");
                tag(session(aws), id, tags(50, TagRows::plain));
                return Made.seen(aws, id).tags().size();
              }),
          refuses(
              "ec2:CreateTags",
              "a fifty-first",
              400,
              "TagLimitExceeded",
              EC2,
              aws -> {
                String id = Made.volume(aws, "gp3");
                tag(session(aws), id, tags(50, TagRows::plain));
                tag(session(aws), id, tags(1, i -> "one more"));
              }),
          answers(
              "ec2:CreateTags",
              "fifty, and AWS's own beside them",
              51,
              EC2,
              aws -> {
                String id = Made.volume(aws, "gp3");
                tag(aws.ec2(), id, tags(1, i -> "aws:cloudformation:stack-name"));
                tag(session(aws), id, tags(50, TagRows::plain));
                return Made.seen(aws, id).tags().size();
              }),
          answers(
              "ec2:CreateTags",
              "another value for one of fifty",
              50,
              EC2,
              aws -> {
                String id = Made.volume(aws, "gp3");
                tag(session(aws), id, tags(50, TagRows::plain));
                tag(session(aws), id, tags(1, TagRows::plain));
                return Made.seen(aws, id).tags().size();
              }),
          refuses(
              "ec2:CreateTags",
              "that begins as AWS's own do",
              400,
              "InvalidParameterValue",
              EC2,
              aws -> tag(session(aws), Made.volume(aws, "gp3"), tags(1, i -> "aws:mine"))),
          refuses(
              "ec2:CreateTags",
              "that begins as AWS's own do, in capitals",
              400,
              "InvalidParameterValue",
              EC2,
              aws -> tag(session(aws), Made.volume(aws, "gp3"), tags(1, i -> "AWS:mine"))),
          refuses(
              "ec2:CreateVolume",
              "with more than fifty tags",
              400,
              "TagLimitExceeded",
              EC2,
              aws ->
                  session(aws)
                      .createVolume(r ->
                          r.size(1)
                              .availabilityZone(Tenant.ZONE)
                              .tagSpecifications(t ->
                                  t.resourceType(ResourceType.VOLUME)
                                      .tags(tags(51, TagRows::plain))))),
          refuses(
              "rds:AddTagsToResource",
              "whose key begins as RDS's own do",
              400,
              "InvalidParameterValue",
              RDS,
              aws -> database(aws, "rds:mine", "x")),
          refuses(
              "rds:AddTagsToResource",
              "whose value begins as AWS's own do",
              400,
              "InvalidParameterValue",
              RDS,
              aws -> database(aws, "mine", "aws:x")));

  private TagRows() {}

  /** AWS refuses what a session does; the administrator plays AWS itself. */
  private static Ec2Client session(Tenant aws) {
    return aws.with(aws.session(), Ec2Client.builder());
  }

  private static void database(Tenant aws, String key, String value) {
    Made.database(aws);
    String arn = Made.database(aws, Made.DATABASE).dbInstanceArn();
    aws.with(aws.session(), RdsClient.builder())
        .addTagsToResource(r -> r.resourceName(arn).tags(t -> t.key(key).value(value)));
  }

  private static void tag(Ec2Client ec2, String id, Collection<Tag> tags) {
    ec2.createTags(r -> r.resources(id).tags(tags));
  }

  private static String plain(int i) {
    return "key-" + i;
  }

  private static List<Tag> tags(int count, IntFunction<String> key) {
    return IntStream.range(0, count)
        .mapToObj(i -> Tag.builder().key(key.apply(i)).value("v").build())
        .toList();
  }
}
