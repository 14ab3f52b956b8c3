package dev.steward.testing;

/**
 * A call as it passes the proxy.
 *
 * @param service as it is signed: ec2, s3, monitoring, …
 * @param action the operation's name; for REST protocols the method and path
 * @param page what tells this page of a listing from the others; empty for the first
 */
public record AwsCall(
    String service, String region, String action, String page, String accessKey) {}
