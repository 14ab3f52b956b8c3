package dev.steward.domain.governance.policy;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets a condition calculate with numbers of different types as {@code <} and its like compare
 * them: {@code step.saving * 12 < 100}. CEL has this for comparisons only, and a person who writes
 * 20 for 20.0 means the same.
 */
final class MixedNumbers {
  private enum Operator {
    ADD("_+_", SimpleType.DOUBLE),
    SUBTRACT("_-_", SimpleType.DOUBLE),
    MULTIPLY("_*_", SimpleType.DOUBLE),
    DIVIDE("_/_", SimpleType.DOUBLE),
    EQUALS("_==_", SimpleType.BOOL),
    DIFFERS("_!=_", SimpleType.BOOL);

    private final String function;
    private final CelType result;

    Operator(String function, CelType result) {
      this.function = function;
      this.result = result;
    }

    Object of(double a, double b) {
      return switch (this) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> divided(a, b);
        case EQUALS -> a == b;
        case DIFFERS -> a != b;
      };
    }

    /** As among whole numbers, so that what comes of it is no infinity that compares with all. */
    private static double divided(double a, double b) {
      if (b == 0) throw new ArithmeticException("/ by zero");
      return a / b;
    }
  }

  private record Kind(CelType type, Class<? extends Number> javaType) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(SimpleType.INT, Long.class),
          new Kind(SimpleType.UINT, UnsignedLong.class),
          new Kind(SimpleType.DOUBLE, Double.class));

  private MixedNumbers() {}

  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      List<CelOverloadDecl> overloads = new ArrayList<>();
      for (Map.Entry<Kind, Kind> pair : pairs())
        overloads.add(
            CelOverloadDecl.newGlobalOverload(
                id(operator, pair), operator.result, pair.getKey().type(), pair.getValue().type()));
      declarations.add(CelFunctionDecl.newFunctionDeclaration(operator.function, overloads));
    }
    return declarations;
  }

  static List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    for (Operator operator : Operator.values())
      for (Map.Entry<Kind, Kind> pair : pairs())
        bindings.add(
            CelFunctionBinding.from(
                id(operator, pair),
                pair.getKey().javaType(),
                pair.getValue().javaType(),
                (a, b) -> operator.of(a.doubleValue(), b.doubleValue())));
    return bindings;
  }

  private static List<Map.Entry<Kind, Kind>> pairs() {
    List<Map.Entry<Kind, Kind>> pairs = new ArrayList<>();
    for (Kind left : KINDS)
      for (Kind right : KINDS) if (!left.equals(right)) pairs.add(Map.entry(left, right));
    return pairs;
  }

  private static String id(Operator operator, Map.Entry<Kind, Kind> pair) {
    return operator.name().toLowerCase(Locale.ROOT)
        + "_"
        + pair.getKey().type().name()
        + "_"
        + pair.getValue().type().name();
  }
}
