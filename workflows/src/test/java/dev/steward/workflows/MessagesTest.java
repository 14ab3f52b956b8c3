package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.steward.model.AccountId;
import dev.steward.workflows.approvals.Approval;
import dev.steward.workflows.approvals.ApprovalActivities;
import dev.steward.workflows.discovery.Discovery;
import dev.steward.workflows.discovery.DiscoveryActivities;
import dev.steward.workflows.discovery.Due;
import dev.steward.workflows.discovery.ListingActivities;
import dev.steward.workflows.discovery.RegionDiscovery;
import dev.steward.workflows.governance.ActionActivities;
import dev.steward.workflows.governance.Change;
import dev.steward.workflows.governance.ChangeActivities;
import dev.steward.workflows.lab.Prediction;
import dev.steward.workflows.lab.PredictionActivities;
import dev.steward.workflows.lab.PredictionRecords;
import dev.steward.workflows.lab.Promotion;
import dev.steward.workflows.lab.PromotionRecords;
import dev.steward.workflows.lab.Search;
import dev.steward.workflows.lab.SearchRecords;
import dev.steward.workflows.lab.Training;
import dev.steward.workflows.lab.TrainingActivities;
import dev.steward.workflows.lab.TrainingRecords;
import dev.steward.workflows.lab.Watch;
import dev.steward.workflows.lab.WatchActivities;
import dev.steward.workflows.notifications.Delivery;
import dev.steward.workflows.notifications.DeliveryRecords;
import dev.steward.workflows.onboarding.ConnectionActivities;
import dev.steward.workflows.onboarding.Disconnection;
import dev.steward.workflows.onboarding.OnboardingActivities;
import dev.steward.workflows.onboarding.OnboardingVerification;
import dev.steward.workflows.onboarding.ScheduleActivities;
import dev.steward.workflows.waste.MetricActivities;
import dev.steward.workflows.waste.UsageActivities;
import dev.steward.workflows.waste.WasteActivities;
import dev.steward.workflows.waste.WasteScan;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes into a history must come out again, also when an older or newer version wrote it.
 */
final class MessagesTest {
  private static final DataConverter CONVERTER = Messages.converter(List.of());
  private static final List<Class<?>> CONTRACTS =
      List.of(
          OnboardingVerification.class,
          ConnectionActivities.class,
          OnboardingActivities.class,
          ScheduleActivities.class,
          Disconnection.class,
          Discovery.class,
          RegionDiscovery.class,
          ListingActivities.class,
          DiscoveryActivities.class,
          Due.class,
          WasteScan.class,
          WasteActivities.class,
          MetricActivities.class,
          UsageActivities.class,
          Approval.class,
          ApprovalActivities.class,
          Change.class,
          ChangeActivities.class,
          ActionActivities.class,
          Training.class,
          TrainingActivities.class,
          TrainingRecords.class,
          Search.class,
          SearchRecords.class,
          Prediction.class,
          PredictionActivities.class,
          PredictionRecords.class,
          Promotion.class,
          PromotionRecords.class,
          Watch.class,
          WatchActivities.class,
          Delivery.class,
          DeliveryRecords.class);

  static Stream<Class<?>> messages() {
    return CONTRACTS.stream()
        .flatMap(c -> Arrays.stream(c.getDeclaredClasses()))
        .filter(Class::isRecord);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void roundTrips(Class<?> type) throws Exception {
    Object message = sample(type);
    Payload payload = CONVERTER.toPayload(message).orElseThrow();
    assertThat(CONVERTER.<Object>fromPayload(payload, cast(type), type)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void toleratesAFieldOfANewerVersion(Class<?> type) throws Exception {
    Object message = sample(type);
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

  private static Object sample(Type type) throws ReflectiveOperationException {
    if (type == String.class) return "text";
    if (type == int.class) return 7;
    if (type == boolean.class) return true;
    if (type == long.class) return 8_000_000L;
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class)
      return Map.of("key", "value");
    if (type == Instant.class) return Instant.parse("2026-11-01T10:00:00Z");
    if (type instanceof ParameterizedType list)
      return List.of(sample(list.getActualTypeArguments()[0]));
    Class<?> known = (Class<?>) type;
    if (known.isEnum()) return known.getEnumConstants()[0];
    if (known.getPackage().equals(AccountId.class.getPackage())
        && known.getSimpleName().endsWith("Id"))
      return construct(
          known,
          "AwsAccountId".equals(known.getSimpleName())
              ? "123456789012"
              : prefix(known) + "_sample0000");
    RecordComponent[] components = known.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) values[i] = sample(components[i].getGenericType());
    Constructor<?> constructor =
        known.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    return constructor.newInstance(values);
  }

  private static String prefix(Class<?> id) {
    return switch (id.getSimpleName()) {
      case "OrganizationId" -> "org";
      case "OnboardingId" -> "onb";
      case "AccountId" -> "acc";
      case "DiscoveryId" -> "dsc";
      case "ScanId" -> "scn";
      case "ApprovalId" -> "apr";
      case "ChangeId" -> "chg";
      case "DeliveryId" -> "dlv";
      case "RunId" -> "run";
      case "PromotionId" -> "prm";
      case "PredictionId" -> "prd";
      default -> throw new IllegalArgumentException(id + " is new to this test");
    };
  }

  private static Object construct(Class<?> type, String value) throws ReflectiveOperationException {
    return type.getConstructor(String.class).newInstance(value);
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
