package dev.steward.estate.apprunner;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;

/** A service of App Runner that nobody asks. */
final class IdleService {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_apprunner_service", "App Runner service that nobody asks")
          .when(
              in("RUNNING"),
              olderThan(Threshold.minAge(14, "a younger one may be being set up")),
              silent(Over.SUM, "requests"))
          .savesUnknown()
          .savingIs("the memory that waits for requests; a paused service is not paid")
          .shows(AppRunnerServices.CPU, AppRunnerServices.MEMORY)
          .row();

  private IdleService() {}
}
