package dev.steward.domain.governance.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a condition costs at most, in the units of {@link Meter}, where a resource has as many tags
 * and attributes as it may. CEL's definition has such an estimate; its library for Java has not.
 * Nothing is assumed of which branch is taken or where a loop ends.
 */
final class Estimate {
  /** AWS: 50 tags a resource, names of 128 and values of 256 characters; rounded up. */
  private static final ValueSize TEXTS = ValueSize.many(60, ValueSize.text(256));

  private static final ValueSize TEXT = ValueSize.text(512);

  private final Lookups reading;
  private final Map<Long, ValueSize> texts = new HashMap<>();
  private long cost;

  private Estimate(Lookups reading) {
    this.reading = reading;
  }

  static long of(CelAbstractSyntaxTree tree, Lookups reading) {
    Estimate estimate = new Estimate(reading);
    estimate.cost(tree.getExpr(), Map.of(), 1);
    return estimate.cost;
  }

  /**
   * @param variables of the loops that it is in
   * @param times how often it is asked
   */
  private ValueSize cost(CelExpr expr, Map<String, ValueSize> variables, long times) {
    ValueSize shape = shape(expr, variables, times);
    boolean whole = !reading.isLookedInto(expr.id(), shape.element() == null ? "" : Map.of());
    spend(times, 1 + (whole ? shape.units() : 0));
    texts.put(expr.id(), shape);
    Lookups.Sought sought = reading.sought().get(expr.id());
    if (sought != null)
      spend(
          times,
          ValueSize.times(
              sought.regex() ? regex(expr) : shape.units(),
              texts.getOrDefault(sought.in(), TEXT).units() + 1));
    return shape;
  }

  private void spend(long times, long units) {
    cost = Math.min(Long.MAX_VALUE / 4, cost + ValueSize.times(times, units));
  }

  /** One that is not written down may be any. */
  private static long regex(CelExpr pattern) {
    return text(pattern).map(Patterns::size).orElse((long) Patterns.LARGEST);
  }

  static Optional<String> text(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expr.constant().stringValue())
        : Optional.empty();
  }

  private ValueSize shape(CelExpr expr, Map<String, ValueSize> variables, long times) {
    return switch (expr.exprKind().getKind()) {
      case CONSTANT -> text(expr).map(t -> ValueSize.text(t.length())).orElse(ValueSize.text(512));
      case IDENT -> variables.getOrDefault(expr.ident().name(), ValueSize.many(10, TEXTS));
      case SELECT -> select(expr.select(), variables, times);
      case CALL -> call(expr.call(), variables, times);
      case LIST -> list(expr.list().elements(), variables, times);
      case STRUCT -> {
        expr.struct().entries().forEach(e -> cost(e.value(), variables, times));
        yield TEXTS;
      }
      case MAP ->
          expr.map().entries().stream()
              .map(e -> cost(e.key(), variables, times).or(cost(e.value(), variables, times)))
              .reduce(ValueSize::or)
              .map(one -> ValueSize.many(2L * expr.map().entries().size(), one))
              .orElse(ValueSize.ONE);
      case COMPREHENSION -> loop(expr.comprehension(), variables, times);
      case NOT_SET -> ValueSize.ONE;
    };
  }

  private ValueSize list(List<CelExpr> elements, Map<String, ValueSize> variables, long times) {
    return elements.stream()
        .map(e -> cost(e, variables, times))
        .reduce(ValueSize::or)
        .map(one -> ValueSize.many(elements.size(), one))
        .orElse(ValueSize.ONE);
  }

  private ValueSize select(CelSelect select, Map<String, ValueSize> variables, long times) {
    ValueSize of = cost(select.operand(), variables, times);
    return Vocabulary.isTexts(select.field()) && of.element() != null
        ? TEXTS
        : TEXT.or(of.inside());
  }

  private ValueSize call(CelCall call, Map<String, ValueSize> variables, long times) {
    List<ValueSize> of =
        Lookups.arguments(call).stream().map(e -> cost(e, variables, times)).toList();
    return switch (call.function()) {
      case "_?_:_" -> of.get(1).or(of.get(2));
      case "_[_]" -> of.getFirst().inside();
      case "_+_", "dyn", "string", "bytes" ->
          of.stream().reduce(ValueSize::and).orElse(ValueSize.ONE);
      default -> ValueSize.ONE;
    };
  }

  /** What is gathered is a Boolean, a count, or a list with a thing for each turn. */
  private ValueSize loop(CelComprehension loop, Map<String, ValueSize> variables, long times) {
    ValueSize range = cost(loop.iterRange(), variables, times);
    long turns = ValueSize.times(times, Math.max(1, range.count()));
    Map<String, ValueSize> inner = new HashMap<>(variables);
    inner.put(loop.iterVar(), range.inside());
    inner.put(loop.iterVar2(), range.inside());
    inner.put(loop.accuVar(), cost(loop.accuInit(), variables, times));
    cost(loop.loopCondition(), inner, turns);
    ValueSize step = cost(loop.loopStep(), inner, turns);
    ValueSize gathered =
        step.element() == null ? step : ValueSize.many(Math.max(1, range.count()), step.inside());
    inner.put(loop.accuVar(), gathered);
    return cost(loop.result(), inner, times);
  }
}
