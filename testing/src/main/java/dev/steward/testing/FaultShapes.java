package dev.steward.testing;

/**
 * Each AWS protocol says an error in its own way (AWS API references, common errors of each
 * service; the Java SDK reads all of them).
 */
final class FaultShapes {
  record Shape(int status, String contentType, String errorType, String body) {}

  /** An error as a protocol says it. */
  private record Said(int status, String code) {}

  /** The protocols, and what each calls the errors that every service has. */
  private enum Dialect {
    EC2(
        new Said(503, "RequestLimitExceeded"),
        new Said(403, "UnauthorizedOperation"),
        new Said(500, "InternalError")),
    S3(new Said(503, "SlowDown"), new Said(403, "AccessDenied"), new Said(500, "InternalError")),
    QUERY(
        new Said(400, "Throttling"),
        new Said(403, "AccessDenied"),
        new Said(500, "InternalFailure")),
    JSON(
        new Said(400, "ThrottlingException"),
        new Said(400, "AccessDeniedException"),
        new Said(500, "InternalServerError")),
    /** Of those that speak JSON over REST, with statuses that mean something. */
    LAMBDA(
        new Said(429, "TooManyRequestsException"),
        new Said(403, "AccessDeniedException"),
        new Said(500, "ServiceException"));

    private final Said throttled;
    private final Said denied;
    private final Said failed;

    Dialect(Said throttled, Said denied, Said failed) {
      this.throttled = throttled;
      this.denied = denied;
      this.failed = failed;
    }

    static Dialect of(AwsCall call, String contentType) {
      return switch (call.service()) {
        case "ec2" -> EC2;
        case "s3" -> S3;
        case "lambda" -> LAMBDA;
        default -> contentType.contains("json") ? JSON : QUERY;
      };
    }
  }

  private FaultShapes() {}

  static Shape throttle(AwsCall call, String contentType) {
    Dialect dialect = Dialect.of(call, contentType);
    return shape(dialect, dialect.throttled, contentType);
  }

  static Shape deny(AwsCall call, String contentType) {
    Dialect dialect = Dialect.of(call, contentType);
    return shape(dialect, dialect.denied, contentType);
  }

  static Shape serverError(AwsCall call, String contentType) {
    Dialect dialect = Dialect.of(call, contentType);
    return shape(dialect, dialect.failed, contentType);
  }

  static Shape error(AwsCall call, String contentType, int status, String code) {
    return shape(Dialect.of(call, contentType), new Said(status, code), contentType);
  }

  private static Shape shape(Dialect dialect, Said said, String contentType) {
    return switch (dialect) {
      case EC2 ->
          xml(
              said,
              "text/xml",
              "<Response><Errors>%s</Errors><RequestID>fault</RequestID></Response>");
      case QUERY ->
          xml(said, "text/xml", "<ErrorResponse>%s<RequestId>fault</RequestId></ErrorResponse>");
      case S3 -> xml(said, "application/xml", "%s");
      case JSON, LAMBDA ->
          new Shape(
              said.status(),
              contentType.isEmpty() ? "application/json" : contentType,
              said.code(),
              "{\"__type\":\"" + said.code() + "\",\"message\":\"injected\"}");
    };
  }

  private static Shape xml(Said said, String contentType, String around) {
    String error =
        "<Error><Type>Sender</Type><Code>"
            + said.code()
            + "</Code><Message>injected</Message></Error>";
    return new Shape(said.status(), contentType, "", around.formatted(error));
  }
}
