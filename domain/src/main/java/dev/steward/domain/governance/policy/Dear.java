package dev.steward.domain.governance.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Optional;
import java.util.stream.Stream;

/** What makes a condition dear before anybody asks it. */
final class Dear {
  private Dear() {}

  /** Why nobody should even check its types, or compile its patterns. */
  static Optional<String> why(CelAbstractSyntaxTree tree) {
    Optional<String> pattern = all(tree).flatMap(e -> wrongPattern(e).stream()).findFirst();
    if (pattern.isPresent()) return pattern;
    // Each turn of x.map(a, {a: a}) doubles a type, which the checker writes out in full.
    if (all(tree).anyMatch(Dear::isKeyFromLoop))
      return Optional.of("the key of a map must not be made of a loop's variable");
    return Optional.empty();
  }

  static String estimated(long cost) {
    return "is too dear: it may take "
        + cost
        + " units, and at most "
        + Budget.CONDITION
        + " may be; loop over less, or in fewer loops within each other";
  }

  private static Stream<CelExpr> all(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr);
  }

  /** Nothing is checked yet: what is called so may have nothing in its parentheses. */
  private static Optional<String> wrongPattern(CelExpr expr) {
    if (expr.exprKind().getKind() != Kind.CALL || !expr.call().function().equals("matches"))
      return Optional.empty();
    return Lookups.arguments(expr.call()).reversed().stream()
        .findFirst()
        .flatMap(Estimate::text)
        .flatMap(Patterns::wrong);
  }

  private static boolean isKeyFromLoop(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.MAP
        && expr.map().entries().stream()
            .flatMap(e -> CelNavigableExpr.fromExpr(e.key()).allNodes())
            .map(CelNavigableExpr::expr)
            .anyMatch(e ->
                e.exprKind().getKind() == Kind.IDENT
                    && !Vocabulary.variables().containsKey(e.ident().name()));
  }
}
