package dev.steward.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values of any type of ours, no two of them alike, as far as the type has that many: whatever
 * stands in the wrong place is seen.
 */
final class Distinct {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private int next;

  /** What all booleans are, but for the one that is turned. */
  private final int turned;

  private int booleans;

  Distinct() {
    this(-1);
  }

  /**
   * @param turned the number of the one boolean that is true, in the order in which they are made
   */
  Distinct(int turned) {
    this.turned = turned;
  }

  int booleans() {
    return booleans;
  }

  Object make(Type type) {
    if (type instanceof WildcardType any) return make(any.getUpperBounds()[0]);
    if (type instanceof ParameterizedType of) {
      Object[] parts = Arrays.stream(of.getActualTypeArguments()).map(this::make).toArray();
      if (of.getRawType() == Map.class) return Map.of(parts[0], parts[1]);
      return of.getRawType() == Set.class ? Set.of(parts[0]) : List.of(parts[0]);
    }
    Class<?> known = (Class<?>) type;
    // Apart by so much that nothing that is counted on by one meets another.
    int number = 1_000 * ++next;
    if (known == String.class) return "text" + number;
    if (known == int.class || known == Integer.class) return number;
    if (known == long.class || known == Long.class) return (long) number;
    if (known == double.class || known == Double.class) return number + 0.5;
    if (known == boolean.class || known == Boolean.class) return booleans++ == turned;
    if (known == double[].class) return new double[] {number};
    if (known == long[].class) return new long[] {number};
    if (known == byte[].class) return new byte[] {(byte) next};
    if (known == Instant.class) return BEGIN.plusSeconds(number);
    if (known == Duration.class) return Duration.ofSeconds(number);
    if (known == LocalDate.class) return LocalDate.EPOCH.plusDays(number);
    if (known == JsonNode.class) return IntNode.valueOf(number);
    if (known == BigDecimal.class) return BigDecimal.valueOf(number);
    if (known == Fact.class) return Fact.of(number + 0.5);
    if (known == Money.class) return new Money(number * 1_000_000L);
    if (known.isEnum()) return known.getEnumConstants()[next % known.getEnumConstants().length];
    RecordComponent[] parts = known.getRecordComponents();
    if (parts == null) throw new IllegalArgumentException("nothing is made of " + known);
    if (parts.length == 1 && parts[0].getType() == String.class) return id(known, number);
    return construct(
        known, Arrays.stream(parts).map(RecordComponent::getGenericType).map(this::make).toArray());
  }

  /** An id says itself how it must be written. */
  private static Object id(Class<?> type, int number) {
    try {
      return construct(type, String.valueOf(100_000_000_000L + number));
    } catch (IllegalArgumentException refused) {
      String prefix = String.valueOf(refused.getMessage()).replaceAll("not a (\\w+) id", "$1");
      return construct(type, prefix + "_x" + number);
    }
  }

  static Object construct(Class<?> type, Object... values) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.trySetAccessible();
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException why) throw why;
      throw new IllegalStateException("nothing is made of " + type, refused);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("nothing is made of " + type, e);
    }
  }
}
