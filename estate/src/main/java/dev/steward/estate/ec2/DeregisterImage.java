package dev.steward.estate.ec2;

import dev.steward.estate.KeyUse;
import dev.steward.estate.Remediation;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Risk;
import java.util.List;

/** Deregisters an image; its snapshots stay. */
public final class DeregisterImage {
  public static final String ID = "deregister_image";

  /** AWS bills the instance alone (EC2 user guide, AMI billing information fields). */
  private static final String BILLED = "RunInstances";

  private DeregisterImage() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Deregister the image", Risk.MEDIUM)
        .undoneBy("the image is registered again from its snapshots, under a new id")
        .cleansUp()
        .needs(
            "ec2:DeregisterImage",
            "ec2:RegisterImage",
            "ec2:CreateTags",
            "ec2:DescribeSnapshots",
            "ec2:ModifyImageAttribute",
            "ec2:EnableImageDeprecation")
        .in("available")
        .watching(Images.SNAPSHOTS, Images.LAST_LAUNCHED)
        .takesAway()
        // An image without the key of its snapshots starts nothing, so that it is asked about.
        .keys(KeyUse.always(List.of(KeyUse.LOOK)))
        // EC2 API reference, RegisterImage: what it makes of snapshots has no licence code.
        .refusedWhere(
            (image, parameters) ->
                Images.USAGE_OPERATION.isKnown(image) && !Images.USAGE_OPERATION.is(BILLED, image),
            "its licence is billed with it, and an image registered again from snapshots has none")
        .refusedWhere(
            (image, parameters) -> Images.ROOT_DEVICE.is("instance-store", image),
            "its root device is an instance store, which has no snapshot to register it from")
        .refusedWhere(
            (image, parameters) ->
                !Images.USAGE_OPERATION.isKnown(image) || !Images.ROOT_DEVICE.isKnown(image),
            "nobody can tell whether it could be registered again: AWS does not say what is billed"
                + " with it, or what its root device is")
        .refusedWhere(
            (image, parameters) -> Images.PROTECTION.of(image, "").startsWith("enabled"),
            "it is protected against being deregistered")
        .loses(
            "the image that is registered again has a new id and creation time; launch templates"
                + " and groups that name the old one still name it",
            "Image.ImageId",
            "Image.CreationDate")
        .losesWhere(
            (image, parameters) -> Images.LAST_LAUNCHED.isKnown(image),
            "when it was last launched is not known of the image that is registered again",
            "Image.LastLaunchedTime")
        .losesWhere(
            (image, parameters) -> Images.MADE_FROM.isKnown(image),
            "which instance or image it was made from is not known of the image that is registered"
                + " again",
            "Image.SourceInstanceId",
            "Image.SourceImageId",
            "Image.SourceImageRegion")
        .losesWhere(
            (image, parameters) -> Images.DEPRECATED_AT.isKnown(image),
            "where the time of its deprecation is over by then, it is deprecated minutes after it"
                + " was registered again")
        .loses(
            "the image that is registered again carries the tag steward:undo",
            "Image.Tags.steward:undo")
        .madeAgain("Image")
        .money(money -> money.stays("its snapshots, at most", money.sized(Unit.EBS_SNAPSHOT)));
  }
}
