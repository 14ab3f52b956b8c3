package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Image;

/** Machine images. */
final class ImageRows {
  private static final String REGISTER =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html";
  private static final String ERRORS =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
  private static final String DEPRECATION =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html";
  private static final String PROTECTION =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeregistrationProtection.html";

  static final List<Row> ALL =
      List.of(
          answers(
              "ec2:RegisterImage",
              "it is what the request says",
              "arm64 /dev/xvda uefi true v2.0",
              REGISTER,
              aws -> {
                String id =
                    aws.ec2()
                        .registerImage(r ->
                            r.name("golden")
                                .architecture("arm64")
                                .rootDeviceName("/dev/xvda")
                                .bootMode("uefi")
                                .enaSupport(true)
                                .imdsSupport("v2.0"))
                        .imageId();
                Image made = seen(aws, id);
                return String.join(
                    " ",
                    made.architectureAsString(),
                    made.rootDeviceName(),
                    made.bootModeAsString(),
                    made.enaSupport().toString(),
                    made.imdsSupportAsString());
              }),
          answers(
              "ec2:RegisterImage",
              "its disks are the snapshots that the request names, and it makes none",
              true,
              REGISTER,
              aws -> {
                String snapshot = Made.snapshot(aws, Made.volume(aws, "gp3"));
                String id =
                    aws.ec2()
                        .registerImage(r ->
                            r.name("golden")
                                .rootDeviceName("/dev/sda1")
                                .blockDeviceMappings(d ->
                                    d.deviceName("/dev/sda1").ebs(e -> e.snapshotId(snapshot))))
                        .imageId();
                return seen(aws, id)
                        .blockDeviceMappings()
                        .getFirst()
                        .ebs()
                        .snapshotId()
                        .equals(snapshot)
                    && aws.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots().size() == 1;
              }),
          refuses(
              "ec2:RegisterImage",
              "with a name that another image has",
              400,
              "InvalidAMIName.Duplicate",
              ERRORS,
              aws -> {
                Made.image(aws, "golden");
                Made.image(aws, "golden");
              }),
          refuses(
              "ec2:RegisterImage",
              "as a dry run",
              412,
              "DryRunOperation",
              ERRORS,
              aws -> aws.ec2().registerImage(r -> r.name("golden").dryRun(true))),
          answers(
              "ec2:EnableImageDeprecation",
              "to the minute",
              true,
              DEPRECATION,
              aws -> {
                Instant at = Instant.now().plus(Duration.ofDays(30));
                String id = Made.image(aws, "golden");
                aws.ec2().enableImageDeprecation(r -> r.imageId(id).deprecateAt(at));
                String said = seen(aws, id).deprecationTime();
                return Instant.parse(said).getEpochSecond() == at.getEpochSecond() / 60 * 60;
              }),
          refuses(
              "ec2:EnableImageDeprecation",
              "at a time that is past",
              400,
              "InvalidParameterValue",
              DEPRECATION,
              aws -> {
                String id = Made.image(aws, "golden");
                Instant past = Instant.now().minus(Duration.ofDays(1));
                aws.ec2().enableImageDeprecation(r -> r.imageId(id).deprecateAt(past));
              }),
          refuses(
              "ec2:DeregisterImage",
              "that is protected against it",
              400,
              "OperationNotPermitted",
              PROTECTION,
              aws -> {
                String id = Made.image(aws, "golden");
                aws.ec2().enableImageDeregistrationProtection(r -> r.imageId(id));
                aws.ec2().deregisterImage(r -> r.imageId(id));
              }),
          answers(
              "ec2:DescribeImages",
              "of one that was deregistered",
              0,
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html",
              aws -> {
                String id = Made.image(aws, "golden");
                aws.ec2().deregisterImage(r -> r.imageId(id));
                return aws.ec2().describeImages(r -> r.imageIds(id)).images().size();
              }),
          answers(
              "ec2:DescribeImageAttribute",
              "the UEFI variables that it was registered with",
              "AMZNUEFIvars",
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageAttribute.html",
              aws -> {
                String id =
                    aws.ec2()
                        .registerImage(
                            r -> r.name("golden").bootMode("uefi").uefiData("AMZNUEFIvars"))
                        .imageId();
                return aws.ec2()
                    .describeImageAttribute(r -> r.imageId(id).attribute("uefiData"))
                    .uefiData()
                    .value();
              }));

  private ImageRows() {}

  private static Image seen(Tenant aws, String id) {
    return aws.ec2().describeImages(r -> r.imageIds(id)).images().getFirst();
  }
}
