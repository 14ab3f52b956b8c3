package dev.steward.domain.governance.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.steward.domain.governance.policy.Meter.SpentError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CEL (Common Expression Language) over the {@link Vocabulary}. What is compiled is true or false,
 * by its type; and whatever comes of it at run time that is neither is an error, which means no.
 */
final class Conditions {
  static final int LONGEST = 2_000;
  private static final int LONGEST_ERROR = 300;
  private static final String COMPARE =
      "; a condition is true or false: compare the value, as in resource.tags.protected == 'true'";
  private static final String TEXTS =
      "; tags, attributes, evidence and parameters are texts: compare with a text,"
          + " or write double(...) around what is a number";
  private static final Pattern TEXT_AND_NUMBER =
      Pattern.compile("'\\((string, (int|uint|double|bool)|(int|uint|double|bool), string)\\)'");
  private static final CelOptions OPTIONS =
      CelOptions.current()
          // The meter ends a loop: CEL's own limit is an exception, which a || b takes for a value.
          .comprehensionMaxIterations(-1)
          .enableHeterogeneousNumericComparisons(true)
          // What Patterns counted is never less; this is looked at only when it is compiled.
          .maxRegexProgramSize(Patterns.LARGEST)
          .build();
  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(MixedNumbers.bindings())
          .build();

  private Conditions() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(Vocabulary.types())
            .addFunctionDeclarations(MixedNumbers.declarations())
            .setResultType(SimpleType.BOOL);
    Vocabulary.variables().forEach(builder::addVar);
    return builder.build();
  }

  /** A condition that was compiled. */
  @FunctionalInterface
  interface Condition {
    /**
     * @throws ConditionException if it has no answer, or none within the budget
     */
    boolean holds(Map<String, Object> world, Budget budget) throws ConditionException;
  }

  /** The condition has no answer, or cannot be compiled; every reason with line and column. */
  static final class ConditionException extends Exception {
    private static final long serialVersionUID = 1;

    ConditionException(String message) {
      super(message);
    }
  }

  static Condition compile(String expression) throws ConditionException {
    if (expression.length() > LONGEST)
      throw new ConditionException("must have at most " + LONGEST + " characters");
    try {
      return compile(COMPILER.parse(expression));
    } catch (StackOverflowError tooDeep) {
      throw new ConditionException("it is nested too deeply");
    } catch (RuntimeException e) {
      throw unexpected(e);
    }
  }

  /** Whatever goes wrong inside is no answer, and no answer is not "no match". */
  private static ConditionException unexpected(RuntimeException e) {
    return new ConditionException(e.getClass().getSimpleName() + ": " + told(e.getMessage()));
  }

  private static Condition compile(CelValidationResult parsed) throws ConditionException {
    refuse(parsed);
    try {
      CelAbstractSyntaxTree read = parsed.getAst();
      Optional<String> tooDear = Dear.why(read);
      if (tooDear.isPresent()) throw new ConditionException(tooDear.get());
      CelValidationResult checked = COMPILER.check(read);
      refuse(checked);
      CelAbstractSyntaxTree tree = checked.getAst();
      // The compiler lets a value through that may be anything, and we do not.
      if (!tree.getResultType().equals(SimpleType.BOOL))
        throw new ConditionException(
            at(tree)
                + "the value may be of any type ("
                + tree.getResultType().name()
                + ")"
                + COMPARE);
      Lookups reading = Lookups.of(tree);
      long cost = Estimate.of(tree, reading);
      if (cost > Budget.CONDITION) throw new ConditionException(Dear.estimated(cost));
      CelRuntime.Program program = RUNTIME.createProgram(tree);
      return (world, budget) -> answer(program, world, new Meter(reading, budget));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new ConditionException(String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(CelValidationResult result) throws ConditionException {
    if (result.hasError())
      throw new ConditionException(
          String.join("; ", result.getErrors().stream().map(Conditions::told).toList()));
  }

  private static boolean answer(CelRuntime.Program program, Map<String, Object> world, Meter meter)
      throws ConditionException {
    Object value;
    try {
      value = program.trace(world, meter);
    } catch (SpentError e) {
      throw new ConditionException(String.valueOf(e.getMessage()));
    } catch (CelEvaluationException e) {
      throw new ConditionException(Vocabulary.explained(told(e.getMessage())));
    } catch (StackOverflowError e) {
      throw new ConditionException("it is nested too deeply");
    } catch (RuntimeException e) {
      throw unexpected(e);
    }
    if (value instanceof Boolean holds) return holds;
    throw new ConditionException(
        "its value is neither true nor false but "
            + (value == null ? "nothing" : "a " + kind(value)));
  }

  private static String kind(Object value) {
    return value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String at(CelAbstractSyntaxTree tree) {
    Integer offset = tree.getSource().getPositionsMap().get(tree.getExpr().id());
    return tree.getSource()
        .getOffsetLocation(offset == null ? 0 : offset)
        .map(Conditions::place)
        .orElse("");
  }

  private static String place(CelSourceLocation location) {
    return "line " + location.getLine() + ", column " + (location.getColumn() + 1) + ": ";
  }

  /** CEL writes out what a function was given. */
  private static String told(@Nullable String message) {
    String whole = String.valueOf(message);
    return whole.length() <= LONGEST_ERROR ? whole : whole.substring(0, LONGEST_ERROR) + "…";
  }

  private static String told(CelIssue issue) {
    String message = issue.getMessage();
    List<String> words = new ArrayList<>(List.of(place(issue.getSourceLocation()), message));
    if (message.startsWith("expected type 'bool'")) words.add(COMPARE);
    if (TEXT_AND_NUMBER.matcher(message).find()) words.add(TEXTS);
    return String.join("", words);
  }
}
