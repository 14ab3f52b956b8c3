package dev.steward.estate.ec2;

import dev.steward.estate.InstanceTypeNames;
import dev.steward.estate.Parameter;
import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.estate.price.InstanceTypes;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.Map;
import java.util.Optional;

/** Gives an instance another type. */
public final class ResizeInstance {
  public static final String ID = "resize_instance";

  /** The new type, which must be said. */
  public static final Parameter TYPE =
      Parameter.of("instance_type", "", ResizeInstance::wrong)
          .recommendedIn(OversizedInstance.RECOMMENDED);

  private ResizeInstance() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Stop, resize and start the instance", Risk.MEDIUM)
        .undoneBy("the instance gets its old type back, with a stop and a start")
        .needs(
            "ec2:StopInstances",
            "ec2:ModifyInstanceAttribute",
            "ec2:StartInstances",
            "ec2:DescribeVolumes",
            "ec2:DescribeInstanceCreditSpecifications",
            "ec2:ModifyInstanceCreditSpecification")
        .in("running", "stopped")
        .unused()
        .watching(Instances.TYPE)
        .taking(TYPE)
        .leaves(Instances.TYPE, (instance, parameters) -> TYPE.in(parameters))
        .referredToBy(Referrer.INSTANCE_PROTECTION, Referrer.INSTANCE_TYPE)
        .with(InstanceStops::able)
        .refusedWhere(
            (instance, parameters) -> !startsOn(instance, parameters).orElse(true),
            "the type has other processors, on which its image does not start")
        .refusedWhere(
            // A name that there is not is the parameter's fault.
            (instance, parameters) ->
                startsOn(instance, parameters).isEmpty()
                    && InstanceTypeNames.isKnown(TYPE.in(parameters)),
            "nobody can tell whether its image starts on the type's processors")
        .with(InstanceStops::losing)
        .losesWhere(
            (instance, parameters) -> InstanceTypes.isBurstable(Instances.TYPE.of(instance)),
            "CPU credits that it has saved may be lost")
        .with(InstanceStops::starting)
        .money(ResizeInstance::money);
  }

  private static Optional<String> wrong(String type, Resource instance, Map<String, String> all) {
    if (!InstanceTypeNames.isKnown(type))
      return Optional.of(
          "must be an instance type that there is, such as "
              + String.join(", ", InstanceTypeNames.nearest(type)));
    return type.equals(Instances.TYPE.of(instance))
        ? Optional.of("must be another instance type, such as m5.large")
        : Optional.empty();
  }

  private static Optional<Boolean> startsOn(Resource instance, Map<String, String> parameters) {
    return InstanceTypes.startTheSameImages(
        Instances.TYPE.of(instance, "unknown"), TYPE.in(parameters));
  }

  private static void money(StepMoney money) {
    if (!InstanceStops.isRunning(money.resource())) {
      money.ends("hours, which a stopped instance does not pay", Optional.of(Quote.NOTHING));
      return;
    }
    String type = TYPE.in(money.parameters());
    money
        .ends(
            "hours of " + Instances.TYPE.of(money.resource()),
            money.prices().instanceHours(money.resource()))
        .begins(
            "hours of " + type,
            money.prices().instanceHours(money.as(Map.of(Instances.TYPE.name(), type))));
  }
}
