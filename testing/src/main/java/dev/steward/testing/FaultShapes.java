package dev.steward.testing;

/**
 * Each AWS protocol says an error in its own way (AWS API references; the Java SDK reads all of
 * them).
 */
final class FaultShapes {
  record Shape(int status, String contentType, String errorType, String body) {}

  private FaultShapes() {}

  static Shape throttle(AwsCall call, String contentType) {
    return switch (call.service()) {
      case "ec2" -> ec2(503, "RequestLimitExceeded", "Request limit exceeded.");
      case "s3" -> s3(503, "SlowDown", "Please reduce your request rate.");
      default ->
          contentType.contains("json") || call.service().equals("lambda")
              ? json(400, "ThrottlingException", "Rate exceeded", contentType)
              : query(400, "Throttling", "Rate exceeded");
    };
  }

  static Shape deny(AwsCall call, String contentType) {
    return switch (call.service()) {
      case "ec2" ->
          ec2(403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
      case "s3" -> s3(403, "AccessDenied", "Access Denied");
      default ->
          contentType.contains("json") || call.service().equals("lambda")
              ? json(400, "AccessDeniedException", "not authorized", contentType)
              : query(403, "AccessDenied", "not authorized");
    };
  }

  static Shape error(AwsCall call, String contentType, int status, String code) {
    return switch (call.service()) {
      case "ec2" -> ec2(status, code, code);
      case "s3" -> s3(status, code, code);
      default ->
          contentType.contains("json") || call.service().equals("lambda")
              ? json(status, code, code, contentType)
              : query(status, code, code);
    };
  }

  static Shape serverError(AwsCall call, String contentType) {
    return switch (call.service()) {
      case "ec2" -> ec2(500, "InternalError", "An internal error has occurred");
      case "s3" -> s3(500, "InternalError", "We encountered an internal error.");
      default ->
          contentType.contains("json") || call.service().equals("lambda")
              ? json(500, "InternalServerError", "internal", contentType)
              : query(500, "InternalFailure", "internal");
    };
  }

  private static Shape ec2(int status, String code, String message) {
    return new Shape(
        status,
        "text/xml",
        "",
        "<Response><Errors><Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error></Errors><RequestID>fault</RequestID></Response>");
  }

  private static Shape s3(int status, String code, String message) {
    return new Shape(
        status,
        "application/xml",
        "",
        "<Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message><RequestId>fault</RequestId></Error>");
  }

  private static Shape query(int status, String code, String message) {
    return new Shape(
        status,
        "text/xml",
        "",
        "<ErrorResponse><Error><Type>Sender</Type><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error><RequestId>fault</RequestId></ErrorResponse>");
  }

  private static Shape json(int status, String code, String message, String contentType) {
    return new Shape(
        status,
        contentType.isEmpty() ? "application/json" : contentType,
        code,
        "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
  }
}
