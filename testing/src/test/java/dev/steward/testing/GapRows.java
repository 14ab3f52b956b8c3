package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import dev.steward.testing.Row.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Where the emulated AWS is known to answer otherwise, and why nothing of ours leans on it. */
final class GapRows {
  /**
   * @param row what AWS promises
   * @param instead what the emulated one says: neither that nor anything else
   * @param why it does no harm
   */
  record Gap(Row row, Says instead, String why) {}

  /** It does what AWS refuses. */
  private static final Says DOES_IT = new Says.Answer(null);

  private static Says instead(Object what) {
    return new Says.Answer(what);
  }

  static final List<Gap> ALL =
      List.of(
          new Gap(
              refuses(
                  "ec2:TerminateInstances",
                  "of one that is protected since its launch",
                  400,
                  "OperationNotPermitted",
                  "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
                  aws -> {
                    String id = Made.instance(aws, r -> r.disableApiTermination(true));
                    aws.ec2().terminateInstances(r -> r.instanceIds(id));
                  }),
              DOES_IT,
              "protection is given to an instance after its launch, which InstanceRows has"),
          new Gap(
              answers(
                  "ec2:CreateImage",
                  "of an instance with two disks",
                  2,
                  "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html",
                  aws -> {
                    String id =
                        Made.instance(
                            aws,
                            r ->
                                r.blockDeviceMappings(
                                    d -> d.deviceName("/dev/sda1").ebs(e -> e.volumeSize(20)),
                                    d -> d.deviceName("/dev/sdf").ebs(e -> e.volumeSize(30))));
                    String image =
                        aws.ec2().createImage(r -> r.instanceId(id).name("both")).imageId();
                    return aws.ec2()
                        .describeImages(r -> r.imageIds(image))
                        .images()
                        .getFirst()
                        .blockDeviceMappings()
                        .size();
                  }),
              instead(1),
              "we make no image of an instance: its disks are kept one by one"),
          new Gap(
              answers(
                  "ec2:StopInstances",
                  "right after it: it is still stopping",
                  "stopping",
                  "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html",
                  aws -> {
                    String id = Made.instance(aws, "m5.large");
                    aws.ec2().stopInstances(r -> r.instanceIds(id));
                    return InstanceRows.seen(aws, id).state().nameAsString();
                  }),
              instead("stopped"),
              "tests that need it have the proxy write another state into the answer"),
          new Gap(
              answers(
                  "ec2:DescribeInstances",
                  "six of one launch, in pages of five instances",
                  5,
                  "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html",
                  aws -> {
                    Made.instance(aws, r -> r.minCount(6).maxCount(6));
                    return aws.ec2().describeInstances(r -> r.maxResults(5)).reservations().stream()
                        .mapToInt(r -> r.instances().size())
                        .sum();
                  }),
              instead(6),
              "a page is cut by launches: pages are longer than asked for, and nothing is lost"),
          new Gap(
              answers(
                  "cloudwatch:PutMetricData",
                  "older than two weeks: it is not kept",
                  0,
                  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html",
                  aws -> {
                    Instant old = Instant.now().minus(Duration.ofDays(30));
                    aws.metrics()
                        .putMetricData(r ->
                            r.namespace("App")
                                .metricData(
                                    MetricDatum.builder()
                                        .metricName("M")
                                        .timestamp(old)
                                        .value(1.0)
                                        .build()));
                    return aws.metrics()
                        .getMetricData(r ->
                            r.startTime(old.minusSeconds(3_600))
                                .endTime(old.plusSeconds(3_600))
                                .metricDataQueries(q ->
                                    q.id("m")
                                        .metricStat(s ->
                                            s.stat("Sum")
                                                .period(3_600)
                                                .metric(m -> m.namespace("App").metricName("M")))))
                        .metricDataResults()
                        .getFirst()
                        .values()
                        .size();
                  }),
              instead(1),
              "we never put metrics, and estates are given a past by it"),
          new Gap(
              refuses(
                  "ec2:DescribeVolumes",
                  "in pages of fewer than five",
                  400,
                  "InvalidParameterValue",
                  "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination",
                  aws -> aws.ec2().describeVolumes(r -> r.maxResults(1))),
              DOES_IT,
              "small pages make paging cheap to try; every kind's page is larger (KindRowsTest)"),
          new Gap(
              refuses(
                  "ec2:DescribeVolumes",
                  "by a role that may not",
                  403,
                  "UnauthorizedOperation",
                  "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
                  aws -> {
                    aws.grant("s3:ListAllMyBuckets");
                    aws.with(aws.session(), Ec2Client.builder()).describeVolumes();
                  }),
              DOES_IT,
              "policies are evaluated for keys only: the second emulator evaluates them for all"
                  + " (SecondOpinionTest)"));

  private GapRows() {}
}
