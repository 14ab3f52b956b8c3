package dev.steward.aws.actions;

import dev.steward.estate.ec2.Addresses;
import dev.steward.estate.ec2.DeleteSnapshot;
import dev.steward.estate.ec2.DeregisterImage;
import dev.steward.estate.ec2.NatGateways;
import dev.steward.estate.ec2.NetworkInterfaces;
import dev.steward.estate.ec2.ReleaseAttachedAddress;
import dev.steward.estate.ec2.ResizeInstance;
import dev.steward.estate.ec2.SnapshotAndDeleteVolume;
import dev.steward.estate.ec2.StartInstance;
import dev.steward.estate.ec2.StopInstance;
import dev.steward.estate.ec2.TerminateInstance;
import dev.steward.estate.ec2.VolumeToGp3;
import dev.steward.estate.elb.LoadBalancers;
import dev.steward.estate.logs.SetRetention;
import dev.steward.estate.rds.SnapshotAndDeleteDatabase;
import dev.steward.estate.rds.StopDatabase;
import dev.steward.estate.s3.SetLifecycle;
import java.util.Map;

/** How each action of the catalogue is carried out; a test holds the two together. */
public final class Actions {
  public static final Map<String, Action> ALL =
      Map.ofEntries(
          Map.entry(SnapshotAndDeleteVolume.ID, new VolumeActions.SnapshotAndDelete()),
          Map.entry(VolumeToGp3.ID, new ToGp3()),
          Map.entry(DeleteSnapshot.ID, new VolumeActions.DeleteSnapshot()),
          Map.entry(DeregisterImage.ID, new Deregistration()),
          Map.entry(Addresses.RELEASE, Removal.address()),
          Map.entry(ReleaseAttachedAddress.ID, new AddressRelease()),
          Map.entry(StopInstance.ID, new InstanceActions.Turn("stopped")),
          Map.entry(StartInstance.ID, new InstanceActions.Turn("running")),
          Map.entry(TerminateInstance.ID, new InstanceActions.Terminate()),
          Map.entry(ResizeInstance.ID, new InstanceActions.Resize()),
          Map.entry(NatGateways.DELETE, Removal.natGateway()),
          Map.entry(NetworkInterfaces.DELETE, Removal.networkInterface()),
          Map.entry(LoadBalancers.DELETE, Removal.loadBalancer()),
          Map.entry(StopDatabase.ID, new DatabaseActions.Stop()),
          Map.entry(SnapshotAndDeleteDatabase.ID, new DatabaseActions.SnapshotAndDelete()),
          Map.entry(SetRetention.ID, new LogRetention()),
          Map.entry(SetLifecycle.ID, new BucketLifecycle()));

  private Actions() {}

  public static Action of(String id) {
    Action action = ALL.get(id);
    if (action == null) throw new IllegalArgumentException("no action " + id);
    return new Compensated(action);
  }
}
