package dev.steward.api.onboarding;

import dev.steward.model.Problem;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ARN that the platform calls AWS as, which AWS may take its time to tell.
 *
 * @param known empty until then
 */
public record OwnPrincipal(Supplier<Optional<String>> known) {
  String arn() {
    return known
        .get()
        .orElseThrow(() ->
            Problem.of(
                Problem.Type.UNAVAILABLE,
                "the platform cannot ask AWS yet who it is itself; try again in a moment, or set aws.principal"));
  }
}
