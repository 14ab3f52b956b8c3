package dev.steward.estate.lambda;

import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;
import static dev.steward.estate.shape.Condition.is;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.Evidence;
import dev.steward.estate.LastDay.Over;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.util.Optional;
import java.util.Set;

/** Functions that nothing invokes, that fail, or that would cost less on another processor. */
final class FunctionChecks {
  static final String IDLE_ID = "idle_lambda_function";

  /**
   * Lambda developer guide, <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">Lambda runtimes</a>:
   * those of today, each of which supports arm64.
   */
  private static final Set<String> ON_ARM =
      Set.of(
          "nodejs20.x",
          "nodejs22.x",
          "nodejs24.x",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14",
          "java11",
          "java17",
          "java21",
          "java8.al2",
          "dotnet8",
          "ruby3.2",
          "ruby3.3",
          "ruby3.4");

  static final WasteCheck.Row IDLE =
      Shape.check(IDLE_ID, "Function that nothing invokes")
          .when(
              olderThan(
                  Threshold.days("min_unchanged_days", 30, 1, "it may be being set up"),
                  Functions.CHANGED),
              silent(Over.SUM, "invocations"))
          .confidence(Confidence.LOW)
          // Lambda pricing: paid by requests and their time. What is kept ready for it is judged by
          // itself.
          .savesNothing()
          .shows(Functions.RUNTIME, Functions.CODE)
          .row();

  /** As Thrifty and Trusted Advisor: what fails is paid, and often tried again. */
  static final WasteCheck.Row FAILING =
      WasteCheck.of("failing_lambda_function", "Function that fails often")
          .reads("invocations", "errors")
          .threshold(
              new Threshold("min_error_percent", 10, 0, 100, "%", "some errors are to be expected"))
          .threshold(
              new Threshold(
                  "min_invocations", 100, 1, 1e12, "invocations", "of few nothing can be told"))
          .threshold(Threshold.MIN_DATAPOINTS)
          .rule(FunctionChecks::failing);

  static final WasteCheck.Row NOT_ARM =
      Shape.check("lambda_not_on_arm", "Function that could run on Graviton")
          .when(
              is(Functions.ARCHITECTURE, "x86_64"),
              is(Functions.PACKAGE, "Zip"),
              is(Functions.RUNTIME, ON_ARM.toArray(new String[0])))
          .confidence(Confidence.LOW)
          .savesUnknown()
          .savingIs("a fifth of the price of its time, if what it is built of is there for arm64")
          .shows(Functions.MEMORY, Functions.LAYERS)
          .row()
          .standsBackFor(IDLE_ID, "what nothing invokes saves nothing on any processor");

  private FunctionChecks() {}

  static Verdict failing(Resource function, Sight sight) {
    Optional<MetricSeries> invocations = sight.series(function, "invocations");
    Optional<MetricSeries> errors = sight.series(function, "errors");
    if (invocations.isEmpty() || errors.isEmpty()) return unknown("metrics were not answered");
    Optional<Verdict> few =
        sight.tooFew(Math.min(invocations.get().wholeDays(), errors.get().wholeDays()));
    if (few.isPresent()) return few.get();
    double all = invocations.get().sum();
    double percent = 100 * errors.get().sum() / all;
    if (all < sight.threshold("min_invocations")) return FINE;
    if (percent < sight.threshold("min_error_percent")) return FINE;
    return waste(
        sight,
        Optional.empty(),
        Confidence.MEDIUM,
        function,
        "invocations",
        Evidence.number(all),
        "error_percent",
        Evidence.number(percent),
        "saving_is",
        "the time of what fails, and of what is tried again");
  }
}
