package dev.steward.domain.governance.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of each expression in a condition, by its id, to say what it costs.
 *
 * @param lookedInto those of whose value only a part is looked at, or which are only handed on
 * @param keyed those in which something is looked up if they are maps: of a list each thing is
 *     compared
 * @param sought patterns and parts that are searched for in a text
 */
record Lookups(Set<Long> lookedInto, Set<Long> keyed, Map<Long, Sought> sought) {
  /**
   * @param in the id of the text that is searched
   * @param regex whether what is sought is a pattern
   */
  record Sought(long in, boolean regex) {}

  static Lookups of(CelAbstractSyntaxTree tree) {
    Lookups reading = new Lookups(new HashSet<>(), new HashSet<>(), new HashMap<>());
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .forEach(reading::read);
    return reading;
  }

  private void read(CelExpr expr) {
    switch (expr.exprKind().getKind()) {
      case SELECT -> lookedInto.add(expr.select().operand().id());
      case CALL -> call(expr.call());
      case COMPREHENSION -> loop(expr.comprehension());
      case CONSTANT, IDENT, LIST, STRUCT, MAP, NOT_SET -> {}
    }
  }

  private void call(CelCall call) {
    List<CelExpr> of = arguments(call);
    switch (call.function()) {
      case "_[_]", "size" -> lookedInto.add(of.getFirst().id());
      case "@in" -> keyed.add(of.getLast().id());
      case "matches", "contains" ->
          sought.put(
              of.getLast().id(), new Sought(of.getFirst().id(), call.function().equals("matches")));
      default -> {}
    }
  }

  private void loop(CelComprehension loop) {
    lookedInto.add(loop.iterRange().id());
    lookedInto.add(loop.result().id());
    handedOn(loop.loopStep(), loop.accuVar());
  }

  /** A loop adds to what it has gathered, and copies none of it. */
  private void handedOn(CelExpr step, String gathered) {
    Kind kind = step.exprKind().getKind();
    boolean isGathered = kind == Kind.IDENT && step.ident().name().equals(gathered);
    if (isGathered || kind == Kind.CALL) lookedInto.add(step.id());
    if (kind != Kind.CALL) return;
    String function = step.call().function();
    if (function.equals("_+_") || function.equals("_?_:_"))
      step.call().args().forEach(one -> handedOn(one, gathered));
  }

  boolean isLookedInto(long id, Object value) {
    return lookedInto.contains(id) || (keyed.contains(id) && value instanceof Map);
  }

  /** What a call is made of; what it is called on comes first. */
  static List<CelExpr> arguments(CelCall call) {
    List<CelExpr> all = new ArrayList<>();
    call.target().ifPresent(all::add);
    all.addAll(call.args());
    return all;
  }
}
