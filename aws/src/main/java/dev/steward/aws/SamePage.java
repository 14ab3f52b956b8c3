package dev.steward.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Ends whoever follows pages when a page names itself as the next one: the SDK's paginators would
 * ask for it for ever.
 */
final class SamePage implements ExecutionInterceptor {
  static final String WHAT = "AWS gave the same page again";

  /** By which names an operation takes a token, and by which it answers the next one. */
  private record Names(String asked, String next) {}

  private static final List<Names> TOKENS =
      List.of(
          new Names("NextToken", "NextToken"),
          new Names("nextToken", "nextToken"),
          new Names("NextPageToken", "NextPageToken"),
          new Names("Marker", "NextMarker"),
          new Names("Marker", "Marker"),
          new Names("ContinuationToken", "ContinuationToken"),
          new Names("ExclusiveStartTableName", "LastEvaluatedTableName"));

  /** No answer to go on from, and none that asking again would better. */
  static final class Again extends SdkClientException {
    private static final long serialVersionUID = 1;

    Again() {
      super(SdkClientException.builder().message(WHAT));
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    SdkResponse response = context.response();
    for (Names names : TOKENS) {
      Optional<String> asked = request.getValueForField(names.asked(), String.class);
      Optional<String> next = response.getValueForField(names.next(), String.class);
      if (asked.isPresent() && !asked.get().isEmpty() && asked.equals(next)) throw new Again();
    }
  }
}
