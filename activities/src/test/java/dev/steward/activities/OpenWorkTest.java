package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.AwsAccountId;
import dev.steward.model.Json;
import dev.steward.storage.Work;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is under way can be asked for again, of every workflow that there is. */
final class OpenWorkTest {
  /** A child of a discovery, and what schedules start. */
  private static final Set<String> NOT_ASKED_FOR = Set.of("RegionDiscovery", "Due");

  @Test
  void everyWorkflowIsInTheTable() {
    Set<String> types =
        Workers.WORKFLOWS.stream().map(w -> method(w).name()).collect(Collectors.toSet());
    types.removeAll(NOT_ASKED_FOR);
    assertThat(OpenWork.KINDS.stream().map(OpenWork.Kind::type))
        .containsExactlyInAnyOrderElementsOf(types);
  }

  static List<OpenWork.Kind<?>> kinds() {
    return OpenWork.KINDS;
  }

  /**
   * Each row gives its workflow's type, an id that names the row, and an input that it can read.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  void aRowSaysHowItsWorkflowIsStarted(OpenWork.Kind<?> kind) {
    Work.Start start = start(kind);
    assertThat(start.type()).isEqualTo(kind.type());
    Method workflow =
        Workers.WORKFLOWS.stream()
            .filter(w -> method(w).name().equals(kind.type()))
            .flatMap(w -> methods(w))
            .findFirst()
            .orElseThrow();
    Object input = Json.read(Json.bytes(start.input()), workflow.getParameterTypes()[0]);
    JsonNode read = Json.MAPPER.valueToTree(input);
    read.fields().forEachRemaining(f -> assertThat(f.getValue().isNull()).as(f.getKey()).isFalse());
    assertThat(start.workflowId()).contains("/");
  }

  private static <R> Work.Start start(OpenWork.Kind<R> kind) {
    return kind.start().apply(kind.table().type().cast(sample(kind.table().type())));
  }

  /** A record of any kind, with something in each field. */
  private static Object sample(Class<?> type) {
    if (type == String.class) return "x";
    if (type == int.class || type == Integer.class) return 1;
    if (type == long.class || type == Long.class) return 1L;
    if (type == double.class || type == Double.class) return 1.0;
    if (type == boolean.class || type == Boolean.class) return true;
    if (type == Instant.class) return Instant.EPOCH;
    if (type == List.class) return List.of();
    if (type == Map.class) return Map.of();
    if (type.isEnum()) return type.getEnumConstants()[0];
    if (type == AwsAccountId.class) return new AwsAccountId("111122223333");
    RecordComponent[] parts = type.getRecordComponents();
    if (parts.length == 1 && parts[0].getType() == String.class) return id(type);
    return construct(
        type, Arrays.stream(parts).map(RecordComponent::getType).map(OpenWorkTest::sample));
  }

  /** An id says itself with which letters it must begin. */
  private static Object id(Class<?> type) {
    try {
      return construct(type, Stream.of("x"));
    } catch (IllegalArgumentException refused) {
      String prefix = String.valueOf(refused.getMessage()).replaceAll("not a (\\w+) id", "$1");
      return construct(type, Stream.of(prefix + "_sample0000"));
    }
  }

  private static Object construct(Class<?> type, Stream<Object> values) {
    try {
      return type.getDeclaredConstructors()[0].newInstance(values.toArray());
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException why) throw why;
      throw new IllegalStateException(refused);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample of " + type, e);
    }
  }

  private static WorkflowMethod method(Class<?> implementation) {
    return methods(implementation)
        .map(m -> m.getAnnotation(WorkflowMethod.class))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Method> methods(Class<?> implementation) {
    return Arrays.stream(implementation.getInterfaces())
        .filter(i -> i.isAnnotationPresent(WorkflowInterface.class))
        .flatMap(i -> Arrays.stream(i.getMethods()))
        .filter(m -> m.isAnnotationPresent(WorkflowMethod.class));
  }
}
