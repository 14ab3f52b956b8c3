package dev.steward.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A record of any type, with something in each field, so that a test over a table needs no line of
 * its own for each row.
 */
public final class Samples {
  private final int variant;

  private Samples(int variant) {
    this.variant = variant;
  }

  public static <T> T of(Class<T> type) {
    return of(type, 0);
  }

  /**
   * @param variant which constant each enum has, and what booleans say
   */
  public static <T> T of(Class<T> type, int variant) {
    return type.cast(new Samples(variant).make(type));
  }

  private Object make(Type type) {
    if (type instanceof ParameterizedType of) {
      List<Object> parts = Arrays.stream(of.getActualTypeArguments()).map(this::make).toList();
      if (of.getRawType() == Map.class) return Map.of(parts.getFirst(), parts.getLast());
      return of.getRawType() == Set.class ? Set.copyOf(parts) : parts;
    }
    Class<?> known = (Class<?>) type;
    if (known == String.class) return "x";
    if (known == int.class || known == Integer.class) return 1;
    if (known == long.class || known == Long.class) return 8_000_000L;
    if (known == double.class || known == Double.class) return 1.5;
    if (known == boolean.class || known == Boolean.class) return variant % 2 == 0;
    if (known == double[].class) return new double[] {1.5};
    if (known == Instant.class) return Instant.parse("2026-11-01T10:00:00Z");
    if (known == LocalDate.class) return LocalDate.parse("2026-11-01");
    if (known == JsonNode.class) return JsonNodeFactory.instance.objectNode().put("x", "y");
    if (known.isEnum()) return known.getEnumConstants()[variant % known.getEnumConstants().length];
    RecordComponent[] parts = known.getRecordComponents();
    if (parts == null) throw new IllegalArgumentException("no sample of " + known);
    if (parts.length == 1 && parts[0].getType() == String.class) return id(known);
    return construct(
        known, Arrays.stream(parts).map(RecordComponent::getGenericType).map(this::make));
  }

  /** An id says itself how it must be written. */
  private static Object id(Class<?> type) {
    try {
      return construct(type, Stream.of("123456789012"));
    } catch (IllegalArgumentException refused) {
      String prefix = String.valueOf(refused.getMessage()).replaceAll("not a (\\w+) id", "$1");
      return construct(type, Stream.of(prefix + "_sample0000"));
    }
  }

  private static Object construct(Class<?> type, Stream<Object> values) {
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.trySetAccessible();
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException why) throw why;
      throw new IllegalStateException("no sample of " + type, refused);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample of " + type, e);
    }
  }
}
