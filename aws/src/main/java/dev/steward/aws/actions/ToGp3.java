package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.estate.Gp3;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeModification;
import software.amazon.awssdk.services.ec2.model.VolumeModificationState;

/**
 * In place, while the volume is used. It gets the IOPS and the throughput of the plan, which are no
 * less than it had. AWS takes one modification after the other, and four in 24 hours (EC2 API
 * reference, ModifyVolume): what comes too early waits.
 */
final class ToGp3 implements Action {
  private static final Duration LATER = Duration.ofMinutes(15);
  private static final List<String> SHAPE = List.of("volume_type", "iops", "throughput");

  @Override
  public Map<String, String> recipe(Site site, Resource now) {
    return shape(VolumeActions.describe(site));
  }

  static Map<String, String> shape(Volume volume) {
    Map<String, String> shape = new TreeMap<>();
    shape.put("volume_type", volume.volumeTypeAsString());
    if (volume.iops() != null) shape.put("iops", volume.iops().toString());
    if (volume.throughput() != null) shape.put("throughput", volume.throughput().toString());
    return shape;
  }

  @Override
  public Acted act(Site site) {
    Optional<Resource> volume = site.read();
    if (volume.isEmpty()) return Acted.drifted("it is gone");
    Map<String, String> wanted = wanted(site, volume.get());
    if (wanted.isEmpty()) return Acted.drifted("no gp3 is known to be as fast as it is");
    change(site, wanted);
    return Acted.done(
        "it is gp3 with "
            + wanted.get("iops")
            + " IOPS and "
            + wanted.get("throughput")
            + " MiB/s");
  }

  /** As it was planned; a plan from before it said so, or one that was begun, is made up here. */
  private static Map<String, String> wanted(Site site, Resource volume) {
    if (site.step().after().containsKey("throughput")) {
      Map<String, String> planned = new TreeMap<>(site.step().after());
      planned.keySet().retainAll(SHAPE);
      return planned;
    }
    Map<String, String> attributes = new TreeMap<>(volume.attributes());
    SHAPE.forEach(attributes::remove);
    SHAPE.forEach(key -> {
      if (!site.note(key).isEmpty()) attributes.put(key, site.note(key));
    });
    return Gp3.asFastAs(volume.with(attributes)).map(Gp3::attributes).orElse(Map.of());
  }

  @Override
  public Back undo(Site site) {
    if (site.read().isEmpty()) return new Back(false, "the volume is gone");
    String type = site.note("volume_type");
    if (type.isEmpty()) return new Back(true, "nothing was done");
    Map<String, String> before = new TreeMap<>(site.recipe());
    before.keySet().retainAll(SHAPE);
    change(site, before);
    return new Back(true, "it is " + type + " again");
  }

  /** Ends when AWS shows the shape and moves the volume no more, or only to its best place. */
  private static void change(Site site, Map<String, String> wanted) {
    site.until(site.id() + " is not being modified", () -> state(site) != State.MODIFYING);
    if (is(site, wanted)) return;
    site.until(site.id() + " may be modified", () -> state(site) == State.STILL);
    ModifyVolumeRequest.Builder request =
        ModifyVolumeRequest.builder()
            .volumeId(site.id())
            .volumeType(wanted.get("volume_type"))
            .iops(number(wanted, "iops"))
            .throughput(number(wanted, "throughput"));
    try {
      site.clients().ec2().modifyVolume(request.build());
    } catch (Ec2Exception e) {
      if (AwsError.code(e).equals("VolumeModificationRateExceeded")) throw later(site);
      throw e;
    }
    site.until(
        site.id() + " is " + wanted.get("volume_type"),
        () -> state(site) != State.MODIFYING && is(site, wanted));
  }

  /** Only types that are provisioned take numbers. */
  private static @Nullable Integer number(Map<String, String> shape, String key) {
    String type = String.valueOf(shape.get("volume_type"));
    boolean taken = type.equals("gp3") || (key.equals("iops") && type.startsWith("io"));
    String value = shape.get(key);
    return taken && value != null ? Integer.valueOf(value) : null;
  }

  private static ApplicationFailure later(Site site) {
    return ApplicationFailure.newBuilder()
        .setMessage(
            "AWS takes no more modifications of " + site.id() + " for now; it is asked again later")
        .setType("TooEarly")
        .setNextRetryDelay(LATER)
        .build();
  }

  private static boolean is(Site site, Map<String, String> wanted) {
    return site.read()
        .map(r ->
            wanted.entrySet().stream().allMatch(e -> e.getValue().equals(r.attribute(e.getKey()))))
        .orElse(false);
  }

  private enum State {
    MODIFYING,
    /** It has the new shape, and AWS still moves it. */
    OPTIMIZING,
    STILL
  }

  private static State state(Site site) {
    try {
      return site
          .clients()
          .ec2()
          .describeVolumesModifications(r -> r.volumeIds(site.id()))
          .volumesModifications()
          .stream()
          .filter(m -> m.startTime() != null)
          .max(Comparator.comparing(VolumeModification::startTime))
          .map(ToGp3::state)
          .orElse(State.STILL);
    } catch (Ec2Exception e) {
      if (AwsError.isAbsent(e)) return State.STILL;
      throw e;
    }
  }

  private static State state(VolumeModification modification) {
    VolumeModificationState state = Objects.requireNonNull(modification.modificationState());
    return switch (state) {
      case COMPLETED, FAILED -> State.STILL;
      case OPTIMIZING -> State.OPTIMIZING;
      case MODIFYING, UNKNOWN_TO_SDK_VERSION -> State.MODIFYING;
    };
  }
}
