package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;

/** A session that AWS calls expired is replaced, and by as many calls as fail with it once. */
final class SessionTest {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final Session session = new Session(this::open);

  private AwsCredentialsProvider open() {
    AwsCredentialsProvider key =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create("KEY" + opened.incrementAndGet(), "secret"));
    return new Closing(key, closed);
  }

  private record Closing(AwsCredentialsProvider key, AtomicInteger closed)
      implements AwsCredentialsProvider, AutoCloseable {
    @Override
    public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
      return key.resolveCredentials();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  /** A call that was signed with the key and refused. */
  private record Failed(String key, String code) implements Context.FailedExecution {
    @Override
    public Throwable exception() {
      return AwsServiceException.builder()
          .statusCode(400)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
          .build();
    }

    @Override
    public SdkRequest request() {
      return DescribeVolumesRequest.builder().build();
    }

    @Override
    public Optional<SdkHttpRequest> httpRequest() {
      return Optional.of(
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.POST)
              .protocol("https")
              .host("ec2.example")
              .putHeader(
                  "Authorization",
                  "AWS4-HMAC-SHA256 Credential=" + key + "/20261127/eu-west-1/ec2/aws4_request")
              .build());
    }

    @Override
    public Optional<SdkHttpResponse> httpResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SdkResponse> response() {
      return Optional.empty();
    }
  }

  private void fails(String key, String code) {
    session.onExecutionFailure(new Failed(key, code), new ExecutionAttributes());
  }

  private String key() {
    return session.resolveCredentials().accessKeyId();
  }

  @Test
  void oneThatIsExpiredIsReplacedAndClosed() {
    assertThat(key()).isEqualTo("KEY1");
    fails("KEY1", "RequestExpired");
    assertThat(key()).isEqualTo("KEY2");
    assertThat(closed).hasValue(1);
  }

  @Test
  void ofManyCallsThatWereUnderWayWithItTheFirstReplacesIt() {
    assertThat(key()).isEqualTo("KEY1");
    fails("KEY1", "ExpiredToken");
    assertThat(key()).isEqualTo("KEY2");
    for (int i = 0; i < 5; i++) fails("KEY1", "ExpiredToken");
    assertThat(key()).isEqualTo("KEY2");
    assertThat(opened).hasValue(2);
  }

  @Test
  void whatFailsOtherwiseReplacesNothing() {
    assertThat(key()).isEqualTo("KEY1");
    for (String code : new String[] {"AccessDenied", "Throttling", "AuthFailure", "InternalError"})
      fails("KEY1", code);
    assertThat(key()).isEqualTo("KEY1");
    assertThat(closed).hasValue(0);
  }

  @Test
  void itEndsWithWhoeverHeldIt() {
    assertThat(key()).isEqualTo("KEY1");
    session.close();
    assertThat(closed).hasValue(1);
  }
}
