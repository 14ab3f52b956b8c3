package dev.steward.estate.elasticbeanstalk;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.is;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;

/** An environment of Elastic Beanstalk that nobody asks. What it is made of is judged by itself. */
final class IdleEnvironment {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_beanstalk_environment", "Elastic Beanstalk environment that nobody asks")
          .when(
              in("Ready"),
              is(Environments.TIER, "WebServer"),
              olderThan(Threshold.minAge(14, "a younger one may be being set up")),
              silent(Over.SUM, "requests"))
          .savesUnknown()
          .savingIs("of the instances and balancers that it is made of")
          .shows(Environments.APPLICATION, Environments.HEALTH)
          .row();

  private IdleEnvironment() {}
}
