package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.testing.Samples;
import io.temporal.activity.ActivityInterface;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.workflow.WorkflowInterface;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes into a history must come out again, also when an older or newer version wrote it.
 */
final class MessagesTest {
  private static final DataConverter CONVERTER = Messages.converter(List.of());

  /** What any workflow or activity takes or gives, and the input of every job. */
  static Stream<Class<?>> messages() {
    Stream<Class<?>> nested =
        new ClassFileImporter()
            .importPackages("dev.steward.workflows").stream()
                .filter(c ->
                    c.isAnnotatedWith(WorkflowInterface.class)
                        || c.isAnnotatedWith(ActivityInterface.class))
                .map(JavaClass::reflect)
                .flatMap(c -> Arrays.stream(c.getDeclaredClasses()))
                .filter(Class::isRecord);
    return Stream.concat(nested, Jobs.ALL.stream().map(Job::input)).distinct();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void roundTrips(Class<?> type) {
    Object message = Samples.of(type);
    Payload payload = CONVERTER.toPayload(message).orElseThrow();
    assertThat(CONVERTER.<Object>fromPayload(payload, cast(type), type)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void toleratesAFieldOfANewerVersion(Class<?> type) {
    Object message = Samples.of(type);
    Payload payload = CONVERTER.toPayload(message).orElseThrow();
    String json = payload.getData().toStringUtf8();
    String newer = "{\"from_the_future\":{\"a\":[1]}," + json.substring(1);
    Payload changed =
        payload.toBuilder().setData(ByteString.copyFromUtf8(newer.replace(",}", "}"))).build();
    assertThat(CONVERTER.<Object>fromPayload(changed, cast(type), type)).isEqualTo(message);
  }

  @SuppressWarnings("unchecked")
  private static Class<Object> cast(Class<?> type) {
    return (Class<Object>) type;
  }

  /** Leaves payloads as they are, but for a mark; a codec makes the SDK encode failures too. */
  private static final class Marking implements PayloadCodec {
    @Override
    public List<Payload> encode(List<Payload> payloads) {
      return payloads.stream()
          .map(p -> p.toBuilder().putMetadata("mark", ByteString.copyFromUtf8("x")).build())
          .toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      return payloads.stream().map(p -> p.toBuilder().removeMetadata("mark").build()).toList();
    }
  }

  @Test
  void failuresGoThroughACodecToo() {
    DataConverter converter = Messages.converter(List.of(new Marking()));
    Failure encoded =
        converter.exceptionToFailure(
            ApplicationFailure.newNonRetryableFailure("AWS: AccessDenied", "AwsRejected"));
    assertThat(encoded.getMessage()).isEqualTo("Encoded failure");
    assertThat(converter.failureToException(encoded))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            f -> {
              assertThat(f.getOriginalMessage()).isEqualTo("AWS: AccessDenied");
              assertThat(f.getType()).isEqualTo("AwsRejected");
            });
  }
}
