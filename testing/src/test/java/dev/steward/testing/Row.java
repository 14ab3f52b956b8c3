package dev.steward.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One line of what AWS promises.
 *
 * @param operation as the SDK names it, with the service before it
 * @param situation what AWS is asked in
 * @param source the page of AWS's documentation that says so
 */
record Row(String operation, String situation, String source, Says says, Asked asked) {
  /** What AWS answers. */
  sealed interface Says {
    /** With this HTTP status and this code. */
    record Refusal(int status, String code) implements Says {}

    /** With what {@link Row#asked} makes of it. */
    record Answer(@Nullable Object what) implements Says {}
  }

  /** Brings the account into the situation, asks, and returns what the answer says. */
  interface Asked {
    @Nullable Object of(Tenant aws);
  }

  /** The same where the answer itself says nothing: it is a refusal, or there is none. */
  interface Called {
    void of(Tenant aws);
  }

  static Row refuses(
      String operation, String situation, int status, String code, String source, Called called) {
    return new Row(
        operation,
        situation,
        source,
        new Says.Refusal(status, code),
        aws -> {
          called.of(aws);
          return null;
        });
  }

  static Row answers(String operation, String situation, Object what, String source, Asked asked) {
    return new Row(operation, situation, source, new Says.Answer(what), asked);
  }

  /** The same question, and another answer. */
  Row saying(Says other) {
    return new Row(operation, situation, source, other, asked);
  }

  String title() {
    return operation + ", " + situation;
  }

  /** Asks, and compares. */
  void check(Tenant aws) {
    switch (says) {
      case Says.Answer(Object what) -> assertThat(asked.of(aws)).as(source).isEqualTo(what);
      case Says.Refusal(int status, String code) -> {
        Throwable thrown = catchThrowable(() -> asked.of(aws));
        assertThat(thrown).as(source).isInstanceOf(AwsServiceException.class);
        AwsServiceException refusal = (AwsServiceException) thrown;
        assertThat(refusal.statusCode() + " " + refusal.awsErrorDetails().errorCode())
            .as(source)
            .isEqualTo(status + " " + code);
      }
    }
  }
}
