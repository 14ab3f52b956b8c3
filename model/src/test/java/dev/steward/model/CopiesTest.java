package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record that changes is a copy, component by component, and a copy that puts one in the place of
 * another compiles. So every method of every record that returns another one of its kind is tried.
 */
final class CopiesTest {
  /** A prediction that is completed has answered all of its series. */
  private static final Set<String> MEANT = Set.of("Prediction.done");

  static Stream<Method> copies() {
    return Records.all().stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == method.getDeclaringClass())
        // The sum of two is no copy of one.
        .filter(
            method -> !Arrays.asList(method.getParameterTypes()).contains(method.getReturnType()));
  }

  /** What was there, what was given, and what came of it. */
  private record Tried(Object before, Object[] given, Object after) {}

  private static Tried tried(Method method, Distinct values) {
    Object before = values.make(method.getDeclaringClass());
    Object[] given = Arrays.stream(method.getGenericParameterTypes()).map(values::make).toArray();
    // A step is one of those that there are.
    for (int i = 0; i < given.length; i++)
      if (given[i] instanceof Change.Step step)
        given[i] = new Change.Step(1, step.state(), step.detail(), step.recipe(), null, null, null);
    try {
      return new Tried(before, given, Objects.requireNonNull(method.invoke(before, given)));
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(method + " could not be tried", e);
    }
  }

  @ParameterizedTest
  @MethodSource("copies")
  void noComponentStandsInThePlaceOfAnother(Method method) {
    Tried tried = tried(method, new Distinct());
    RecordComponent[] components = method.getDeclaringClass().getRecordComponents();
    for (RecordComponent component : components) {
      Object now = Records.value(tried.after(), component);
      if (now == null || now instanceof Boolean || now instanceof Enum<?>) continue;
      if (Objects.equals(now, Records.value(tried.before(), component))) continue;
      if (Arrays.asList(tried.given()).contains(now)) continue;
      if (MEANT.contains(method.getDeclaringClass().getSimpleName() + "." + component.getName()))
        continue;
      for (RecordComponent other : components)
        if (other != component)
          assertThat(now)
              .as("%s of %s is what %s was", component.getName(), method, other.getName())
              .isNotEqualTo(Records.value(tried.before(), other));
    }
  }

  @ParameterizedTest
  @MethodSource("copies")
  void whatIsGivenOfOneTypeGoesInTheOrderOfTheComponents(Method method) {
    Tried tried = tried(method, new Distinct());
    RecordComponent[] components = method.getDeclaringClass().getRecordComponents();
    for (Class<?> type : List.of(String.class, int.class, java.time.Instant.class)) {
      List<Object> given =
          IntStream.range(0, tried.given().length)
              .filter(i -> method.getParameterTypes()[i] == type)
              .mapToObj(i -> tried.given()[i])
              .toList();
      List<Object> placed =
          Arrays.stream(components)
              .filter(c -> c.getType() == type)
              .map(c -> Records.value(tried.after(), c))
              .filter(given::contains)
              .distinct()
              .toList();
      List<Object> order = new ArrayList<>(given);
      order.retainAll(placed);
      assertThat(placed).as("%s of %s", type, method).isEqualTo(order);
    }
  }

  /** Booleans have but two values, so one after the other is the only one that holds. */
  @ParameterizedTest
  @MethodSource("copies")
  void noBooleanBecomesTrueBecauseAnotherOneIs(Method method) {
    RecordComponent[] components = method.getDeclaringClass().getRecordComponents();
    List<RecordComponent> flags =
        Arrays.stream(components).filter(c -> c.getType() == boolean.class).toList();
    Distinct none = new Distinct();
    none.make(method.getDeclaringClass());
    int own = none.booleans();
    for (int turned = 0; turned < own; turned++) {
      Tried with = tried(method, new Distinct(turned));
      Tried without = tried(method, new Distinct());
      for (RecordComponent flag : flags) {
        boolean was = (boolean) Records.value(with.before(), flag);
        boolean is = (boolean) Records.value(with.after(), flag);
        boolean anyway = (boolean) Records.value(without.after(), flag);
        if (!was)
          assertThat(is)
              .as("%s of %s, where another one holds", flag.getName(), method)
              .isEqualTo(anyway);
      }
    }
  }

  @Test
  void whatIsAskedOfAChangeIsWhatIsWrittenDown() {
    Change.Progress draft = Change.Progress.draft();
    assertThat(asked(draft.paused(true))).containsExactly(true, false, false);
    assertThat(asked(draft.cancelling())).containsExactly(false, true, false);
    assertThat(asked(draft.undoing())).containsExactly(false, false, true);
    assertThat(asked(draft.paused(true).cancelling())).containsExactly(false, true, false);
    assertThat(asked(draft.cancelling().undoing().paused(true).unasked()))
        .containsExactly(false, false, false);
  }

  private static List<Boolean> asked(Change.Progress progress) {
    return List.of(progress.paused(), progress.cancel(), progress.undo());
  }

  @Test
  void allOfThemAreTried() {
    assertThat(copies().toList()).hasSizeGreaterThan(35);
  }
}
