package dev.steward.estate.ec2;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** A NAT gateway that passes nothing on. */
final class IdleNatGateway {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_nat_gateway", "NAT gateway that passes nothing on")
          .when(
              in("available"),
              olderThan(Threshold.minAge(7, "a younger gateway may be being set up")),
              silent(Over.SUM, "bytes_out"),
              silent(Over.MAXIMUM, "connections"))
          .confidence(Confidence.HIGH)
          .row()
          .version(4)
          .answeredBy(NatGateways.DELETE);

  private IdleNatGateway() {}
}
