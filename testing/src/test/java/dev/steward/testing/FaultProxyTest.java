package dev.steward.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * The fault proxy: what each fault looks like in each of AWS's protocols as AWS's own client reads
 * it, and what becomes of the call behind it.
 */
final class FaultProxyTest {
  private static final Behind BEHIND = new Behind();
  private static final FaultProxy PROXY = FaultProxy.before(BEHIND.endpoint());
  private static final SdkHttpClient HTTP = ApacheHttpClient.create();

  @AfterAll
  static void stop() {
    HTTP.close();
    PROXY.close();
    BEHIND.close();
  }

  @AfterEach
  void heal() {
    PROXY.healAll();
    PROXY.forgetCalls();
    BEHIND.forget();
  }

  private static String ask(Protocol protocol) {
    BEHIND.says(200, protocol.contentType, protocol.answer);
    return protocol.ask(PROXY.endpoint(), HTTP);
  }

  private static AwsServiceException refusal(Protocol protocol) {
    Throwable thrown = catchThrowable(() -> ask(protocol));
    assertThat(thrown).isInstanceOf(AwsServiceException.class);
    return (AwsServiceException) thrown;
  }

  private static String said(AwsServiceException refusal) {
    return refusal.statusCode() + " " + refusal.awsErrorDetails().errorCode();
  }

  @ParameterizedTest
  @EnumSource
  void withoutAFaultTheAnswerIsTheOneBehind(Protocol protocol) {
    assertThat(ask(protocol)).isIn("vol-1", "more", "1", "b", "g", "t", "f");
    assertThat(BEHIND.reached()).hasSize(1);
  }

  /**
   * Sources: EC2 API reference, Request throttling; S3 API reference, Error responses; RDS, STS,
   * CloudWatch Logs, DynamoDB and Lambda API references, Common errors.
   */
  @ParameterizedTest
  @CsvSource({
    "EC2_QUERY, 503 RequestLimitExceeded",
    "QUERY, 400 Throttling",
    "QUERY_OF_STS, 400 Throttling",
    "REST_XML, 503 SlowDown",
    "JSON_1_1, 400 ThrottlingException",
    "JSON_1_0, 400 ThrottlingException",
    "REST_JSON, 429 TooManyRequestsException"
  })
  void throttlingIsWhatTheClientTakesForThrottling(Protocol protocol, String said) {
    PROXY.when(c -> true, new Fault.Throttle());
    AwsServiceException refusal = refusal(protocol);
    assertThat(said(refusal)).isEqualTo(said);
    assertThat(refusal.isThrottlingException()).isTrue();
    assertThat(BEHIND.reached()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EC2_QUERY, 403 UnauthorizedOperation",
    "QUERY, 403 AccessDenied",
    "QUERY_OF_STS, 403 AccessDenied",
    "REST_XML, 403 AccessDenied",
    "JSON_1_1, 400 AccessDeniedException",
    "JSON_1_0, 400 AccessDeniedException",
    "REST_JSON, 403 AccessDeniedException"
  })
  void aDenialIsInTheProtocolsOwnWords(Protocol protocol, String said) {
    PROXY.when(c -> true, new Fault.Deny());
    assertThat(said(refusal(protocol))).isEqualTo(said);
    assertThat(BEHIND.reached()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EC2_QUERY, 500 InternalError",
    "QUERY, 500 InternalFailure",
    "QUERY_OF_STS, 500 InternalFailure",
    "REST_XML, 500 InternalError",
    "JSON_1_1, 500 InternalServerError",
    "JSON_1_0, 500 InternalServerError",
    "REST_JSON, 500 ServiceException"
  })
  void anErrorOfTheServerIsOneInEachProtocol(Protocol protocol, String said) {
    PROXY.when(c -> true, new Fault.ServerError());
    assertThat(said(refusal(protocol))).isEqualTo(said);
    assertThat(BEHIND.reached()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsWhateverTheTestSays(Protocol protocol) {
    PROXY.when(c -> true, new Fault.Refuse(409, "OddThing"));
    assertThat(said(refusal(protocol))).isEqualTo("409 OddThing");
    assertThat(BEHIND.reached()).isEmpty();
  }

  /** Whoever is told nothing cannot know that it was done, and it was: once. */
  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsLostWasCarriedOutOnce(Protocol protocol) {
    PROXY.when(c -> true, new Fault.Lost());
    assertThatThrownBy(() -> ask(protocol)).isInstanceOf(SdkClientException.class);
    assertThat(BEHIND.reached()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatClosesBeforeCarriedNothingOut(Protocol protocol) {
    PROXY.when(c -> true, new Fault.Close());
    assertThatThrownBy(() -> ask(protocol)).isInstanceOf(SdkClientException.class);
    assertThat(BEHIND.reached()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatBreaksOffIsNone(Protocol protocol) {
    PROXY.when(c -> true, new Fault.HalfBody());
    assertThatThrownBy(() -> ask(protocol)).isInstanceOf(SdkClientException.class);
    assertThat(BEHIND.reached()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aDelayedCallIsCarriedOutOnceAndAnswered(Protocol protocol) {
    Duration delay = Duration.ofMillis(40);
    PROXY.when(c -> true, new Fault.Delay(delay));
    long begun = System.nanoTime();
    assertThat(ask(protocol)).isNotEmpty();
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(delay.toNanos());
    assertThat(BEHIND.reached()).hasSize(1);
  }

  @Test
  void anAnswerSaysOneThingInsteadOfAnother() {
    PROXY.when(c -> true, new Fault.Replace("vol-1", "vol-longer-than-before"));
    assertThat(ask(Protocol.EC2_QUERY)).isEqualTo("vol-longer-than-before");
    assertThat(BEHIND.reached()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsKeptWithItsServiceRegionActionAndKey(Protocol protocol) {
    ask(protocol);
    AwsCall call = PROXY.calls().getFirst();
    assertThat(PROXY.calls()).hasSize(1);
    assertThat(call.service()).isEqualTo(protocol.service);
    assertThat(call.action()).isEqualTo(protocol.action);
    assertThat(call.region()).isEqualTo(Tenant.REGION);
    assertThat(call.accessKey()).isEqualTo("AKIDPROXY");
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatMeetsAFaultIsKeptToo(Protocol protocol) {
    PROXY.when(c -> true, new Fault.Close());
    assertThatThrownBy(() -> ask(protocol)).isInstanceOf(SdkClientException.class);
    assertThat(PROXY.calls()).extracting(AwsCall::action).containsExactly(protocol.action);
  }

  @Test
  void aPageIsToldFromTheOthers() {
    AwsBasicCredentials key = AwsBasicCredentials.create("AKIDPROXY", "secret");
    Ec2Client ec2 = Tenant.once(PROXY.endpoint(), HTTP, key, Ec2Client.builder());
    BEHIND.says(200, "text/xml", Protocol.EC2_QUERY.answer);
    ec2.describeVolumes(r -> r.maxResults(5));
    ec2.describeVolumes(r -> r.maxResults(5).nextToken("a+b/c=="));
    RdsClient rds = Tenant.once(PROXY.endpoint(), HTTP, key, RdsClient.builder());
    BEHIND.says(200, "text/xml", Protocol.QUERY.answer);
    rds.describeDBInstances(r -> r.marker("second"));
    var logs = Tenant.once(PROXY.endpoint(), HTTP, key, CloudWatchLogsClient.builder());
    BEHIND.says(200, Protocol.JSON_1_1.contentType, Protocol.JSON_1_1.answer);
    logs.describeLogGroups(r -> r.nextToken("third"));
    assertThat(PROXY.calls())
        .extracting(AwsCall::page)
        .containsExactly("", "a+b/c==", "second", "third");
  }

  @Test
  void theRuleMadeLastWinsAndOthersAreNotTouched() {
    PROXY.when(c -> c.service().equals("ec2"), new Fault.Deny());
    PROXY.when(c -> c.action().equals("DescribeVolumes"), new Fault.Throttle());
    assertThat(said(refusal(Protocol.EC2_QUERY))).isEqualTo("503 RequestLimitExceeded");
    assertThat(ask(Protocol.QUERY)).isEqualTo("more");
    PROXY.healAll();
    assertThat(ask(Protocol.EC2_QUERY)).isEqualTo("vol-1");
  }

  @Test
  void whatPassesIsNotTouched() throws Exception {
    BEHIND.says(418, "text/odd", "ä€𝄞");
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI path = PROXY.endpoint().resolve("/a%20b/c%2Fd?x=1%262&y=%C3%A4");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(path)
                  .header("Content-Type", "text/odd")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0, -1, 13, 10}))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).isEqualTo("ä€𝄞");
      assertThat(answer.headers().firstValue("x-amzn-RequestId")).contains("behind");
    }
    assertThat(BEHIND.reached())
        .containsExactly(
            new Behind.Reached(
                "POST", "/a%20b/c%2Fd?x=1%262&y=%C3%A4", "text/odd", "\u0000\u00ff\r\n"));
  }

  @Test
  void whatIsAskedAtTheSameTimeReachesItOnceEach() throws Exception {
    BEHIND.says(200, "text/xml", Protocol.EC2_QUERY.answer);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers =
          java.util.stream.IntStream.range(0, 40)
              .mapToObj(i -> threads.submit(() -> Protocol.EC2_QUERY.ask(PROXY.endpoint(), HTTP)))
              .toList();
      for (Future<String> answer : answers) assertThat(answer.get()).isEqualTo("vol-1");
    }
    assertThat(BEHIND.reached()).hasSize(40);
    assertThat(PROXY.calls()).hasSize(40);
  }
}
