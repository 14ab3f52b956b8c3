package dev.steward.aws.actions;

import java.util.Map;

/** How each remediation of the catalogue is carried out; a test holds the two together. */
public final class Actions {
  public static final Map<String, Action> ALL =
      Map.ofEntries(
          Map.entry("snapshot_and_delete_volume", new VolumeActions.SnapshotAndDelete()),
          Map.entry("volume_to_gp3", new ToGp3()),
          Map.entry("delete_snapshot", new VolumeActions.DeleteSnapshot()),
          Map.entry("deregister_image", new DeregisterImage()),
          Map.entry("release_address", Removal.address()),
          Map.entry("stop_instance", new InstanceActions.Turn("stopped")),
          Map.entry("start_instance", new InstanceActions.Turn("running")),
          Map.entry("terminate_instance", new InstanceActions.Terminate()),
          Map.entry("resize_instance", new InstanceActions.Resize()),
          Map.entry("delete_nat_gateway", Removal.natGateway()),
          Map.entry("delete_network_interface", Removal.networkInterface()),
          Map.entry("delete_load_balancer", Removal.loadBalancer()),
          Map.entry("stop_rds_instance", new DatabaseActions.Stop()),
          Map.entry("snapshot_and_delete_rds", new DatabaseActions.SnapshotAndDelete()),
          Map.entry("set_log_retention", new LogRetention()),
          Map.entry("set_bucket_lifecycle", new BucketLifecycle()));

  private Actions() {}

  public static Action of(String id) {
    Action action = ALL.get(id);
    if (action == null) throw new IllegalArgumentException("no action " + id);
    return new Compensated(action);
  }
}
