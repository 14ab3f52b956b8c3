package dev.steward.aws.actions;

import dev.steward.estate.ec2.ResizeInstance;
import dev.steward.estate.price.InstanceTypes;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Instances. */
final class InstanceActions {
  private InstanceActions() {}

  /**
   * Brings an instance to a state, and back.
   *
   * @param to running or stopped
   */
  record Turn(String to) implements Action {
    @Override
    public Acted act(Site site) {
      return turn(site, to) ? Acted.done("it is " + to) : Acted.drifted("it is gone");
    }

    @Override
    public Back undo(Site site) {
      String from = to.equals("running") ? "stopped" : "running";
      return turn(site, from)
          ? new Back(true, "it is " + from + " again")
          : new Back(false, "the instance is gone");
    }
  }

  /** False when there is no such instance any more. */
  private static boolean turn(Site site, String to) {
    Optional<Resource> instance = site.read();
    if (instance.isEmpty()) return false;
    if (!to.equals(instance.get().state())) {
      if (to.equals("stopped")) {
        site.clients().ec2().stopInstances(r -> r.instanceIds(site.id()));
        site.untilState(to);
      } else Starting.start(site);
    }
    return true;
  }

  /** Stops it, so that its disks are at rest, then snapshots every volume; the snapshots stay. */
  static final class Terminate implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      return Map.of(
          "volumes", String.join(",", volumes(site)), "state", String.valueOf(now.state()));
    }

    private static List<String> volumes(Site site) {
      Filter attached = Filter.builder().name("attachment.instance-id").values(site.id()).build();
      return site.clients().ec2().describeVolumes(r -> r.filters(attached)).volumes().stream()
          .map(Volume::volumeId)
          .sorted()
          .toList();
    }

    @Override
    public Acted act(Site site) {
      List<String> kept = new ArrayList<>();
      List<String> volumes = List.of(site.note("volumes").split(","));
      if (turn(site, "stopped")) {
        for (String volume : volumes)
          if (!volume.isEmpty()) kept.add(volume + "=" + StepSnapshots.complete(site, volume));
        Action.takeAway(
            () -> site.clients().ec2().terminateInstances(r -> r.instanceIds(site.id())));
        site.untilGone();
      } else
        for (String volume : volumes)
          StepSnapshots.made(site, volume).ifPresent(s -> kept.add(volume + "=" + s.snapshotId()));
      return Acted.done(
          Map.of("snapshots", String.join(",", kept)),
          "terminated; " + kept.size() + " snapshots of its volumes are kept");
    }

    @Override
    public Back undo(Site site) {
      // What it still shows may be terminated already, and its snapshots all there is.
      if (site.settled().isEmpty()) return new Back(false, site.step().undo());
      for (String volume : site.note("volumes").split(","))
        if (!volume.isEmpty())
          StepSnapshots.made(site, volume)
              .ifPresent(s ->
                  Action.takeAway(() ->
                      site.clients().ec2().deleteSnapshot(r -> r.snapshotId(s.snapshotId()))));
      if (site.note("state").equals("running")) turn(site, "running");
      return new Back(true, "it was not terminated");
    }
  }

  /** Stops it if it runs, changes the type, and starts it again if it ran. */
  static final class Resize implements Action {
    private static final String CREDITS = "cpu_credits";

    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      Map<String, String> recipe = new TreeMap<>();
      recipe.put("instance_type", String.valueOf(now.attribute("instance_type")));
      recipe.put("state", String.valueOf(now.state()));
      if (InstanceTypes.isBurstable(now.attribute("instance_type")))
        credits(site).ifPresent(credits -> recipe.put(CREDITS, credits));
      return recipe;
    }

    /** standard or unlimited; another type begins with its own default. */
    private static Optional<String> credits(Site site) {
      return site
          .clients()
          .ec2()
          .describeInstanceCreditSpecifications(r -> r.instanceIds(site.id()))
          .instanceCreditSpecifications()
          .stream()
          .map(InstanceCreditSpecification::cpuCredits)
          .findFirst();
    }

    private static void creditsAgain(Site site, String type) {
      String wanted = site.note(CREDITS);
      if (wanted.isEmpty() || !InstanceTypes.isBurstable(type)) return;
      if (wanted.equals(credits(site).orElse(""))) return;
      site.clients()
          .ec2()
          .modifyInstanceCreditSpecification(
              r -> r.instanceCreditSpecifications(c -> c.instanceId(site.id()).cpuCredits(wanted)));
    }

    @Override
    public Acted act(Site site) {
      String type = site.given(ResizeInstance.TYPE);
      return become(site, type) ? Acted.done("it is " + type) : Acted.drifted("it is gone");
    }

    @Override
    public Back undo(Site site) {
      String type = site.note("instance_type");
      if (type.isEmpty()) return new Back(true, "nothing was done");
      return become(site, type)
          ? new Back(true, "it is " + type + " again")
          : new Back(false, "the instance is gone");
    }

    private static boolean become(Site site, String type) {
      Optional<Resource> instance = site.read();
      if (instance.isEmpty()) return false;
      boolean ran = site.note("state").equals("running");
      if (!type.equals(instance.get().attribute("instance_type"))) {
        turn(site, "stopped");
        site.clients()
            .ec2()
            .modifyInstanceAttribute(r -> r.instanceId(site.id()).instanceType(t -> t.value(type)));
        site.until(
            site.id() + " is " + type,
            () -> site.read().map(r -> type.equals(r.attribute("instance_type"))).orElse(false));
      }
      creditsAgain(site, type);
      return turn(site, ran ? "running" : "stopped");
    }
  }
}
