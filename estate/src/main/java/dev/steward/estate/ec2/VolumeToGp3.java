package dev.steward.estate.ec2;

import dev.steward.estate.Gp3;
import dev.steward.estate.Remediation;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import org.jspecify.annotations.Nullable;

/** Changes a volume to a gp3 that is no slower. */
public final class VolumeToGp3 {
  public static final String ID = "volume_to_gp3";

  private VolumeToGp3() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Change the volume to gp3", Risk.LOW)
        .undoneBy("the volume is changed back to its type, IOPS and throughput")
        .needs("ec2:ModifyVolume", "ec2:DescribeVolumesModifications")
        .in("available", "in-use")
        .watching(
            Volumes.SIZE, Volumes.TYPE, Volumes.IOPS, Volumes.THROUGHPUT, Volumes.MULTI_ATTACH)
        .leaves(Volumes.TYPE, "gp3")
        .leaves(Volumes.IOPS, (volume, parameters) -> iops(volume))
        .leaves(Volumes.THROUGHPUT, (volume, parameters) -> throughput(volume))
        .refusedWhere(
            (volume, parameters) -> "gp3".equals(Volumes.TYPE.of(volume)), "it is gp3 already")
        .refusedWhere(
            (volume, parameters) -> Volumes.MULTI_ATTACH.is(true, volume),
            "several instances share it, which gp3 does not allow")
        .refusedWhere(
            (volume, parameters) -> !Volumes.MULTI_ATTACH.isKnown(volume),
            "nobody can tell whether several instances share it, which gp3 does not allow")
        .refusedWhere(
            (volume, parameters) -> Gp3.asFastAs(volume).isEmpty(),
            "no gp3 is known to be as fast as it is")
        .loses(
            "AWS takes four modifications of a volume in 24 hours, one after the other: an undo may"
                + " have to wait for that",
            "+VolumeModification")
        .money(money ->
            money
                .ends("the volume as it is", money.monthly())
                .begins(
                    "the volume as gp3, with the IOPS and throughput it has",
                    Gp3.asFastAs(money.resource())
                        .flatMap(like -> money.monthly(like.of(money.resource())))));
  }

  private static @Nullable String iops(Resource volume) {
    return Gp3.asFastAs(volume).map(gp3 -> Integer.toString(gp3.iops())).orElse(null);
  }

  private static @Nullable String throughput(Resource volume) {
    return Gp3.asFastAs(volume).map(gp3 -> Integer.toString(gp3.throughput())).orElse(null);
  }
}
