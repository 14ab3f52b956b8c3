package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the house holds of its sources, which class files no longer tell. */
final class SourcesTest {
  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_METHOD = 60;

  private static final List<String> LONG_FILES = new ArrayList<>();
  private static final List<String> LONG_METHODS = new ArrayList<>();
  private static final List<String> DEFAULTS = new ArrayList<>();

  /** The constants of each of our enums. */
  private static final List<Set<String>> ENUMS =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("dev.steward")
              .stream()
              .filter(JavaClass::isEnum)
              .map(SourcesTest::constants)
              .toList();

  private static Set<String> constants(JavaClass enumeration) {
    return enumeration.getFields().stream()
        .filter(f -> f.getModifiers().contains(JavaModifier.STATIC))
        .filter(f -> f.getRawType().equals(enumeration))
        .map(JavaField::getName)
        .collect(Collectors.toSet());
  }

  private static List<Path> sources(String folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : (Iterable<Path>) modules.sorted()::iterator) {
        if (!Files.isDirectory(module.resolve(folder))) continue;
        try (Stream<Path> files = Files.walk(module.resolve(folder))) {
          files.filter(f -> f.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }

  @BeforeAll
  static void readAll() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> sources = sources("src/main/java");
    assertThat(sources).hasSizeGreaterThan(500);
    List<Path> tests = sources("src/test/java");
    assertThat(tests).hasSizeGreaterThan(200);
    for (List<Path> files : List.of(sources, tests))
      for (Path file : files) {
        int lines = Files.readAllLines(file).size();
        if (lines > LONGEST_FILE) LONG_FILES.add(file.getFileName() + " has " + lines);
      }
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) unit.accept(new Reader(unit, positions), null);
    }
  }

  /** Looks through one file. */
  private static final class Reader extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;

    /** Names that the file gives itself: they may be texts or numbers. */
    private final Set<String> own = new TreeSet<>();

    Reader(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
      this.lines = unit.getLineMap();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitVariable(VariableTree variable, Void none) {
          if (variable.getModifiers().getFlags().contains(Modifier.STATIC))
            own.add(variable.getName().toString());
          return super.visitVariable(variable, none);
        }
      }.scan(unit, null);
    }

    private String at(Tree tree) {
      Path file = Path.of(unit.getSourceFile().getName());
      return file.getFileName() + ":" + lines.getLineNumber(positions.getStartPosition(unit, tree));
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      long length =
          lines.getLineNumber(positions.getEndPosition(unit, method))
              - lines.getLineNumber(positions.getStartPosition(unit, method))
              + 1;
      if (length > LONGEST_METHOD)
        LONG_METHODS.add(at(method) + " " + method.getName() + " has " + length);
      return super.visitMethod(method, none);
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
      look(tree, tree.getCases());
      return super.visitSwitch(tree, none);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
      look(tree, tree.getCases());
      return super.visitSwitchExpression(tree, none);
    }

    /** Constants without a class before them are an enum's, but for those of the file itself. */
    private void look(Tree tree, List<? extends CaseTree> cases) {
      Set<String> names = new TreeSet<>();
      boolean otherwise = false;
      boolean others = false;
      for (CaseTree one : cases)
        for (Tree label : one.getLabels()) {
          if (label instanceof DefaultCaseLabelTree) otherwise = true;
          else if (label instanceof ConstantCaseLabelTree constant
              && constant.getConstantExpression() instanceof IdentifierTree name)
            names.add(name.getName().toString());
          else others = true;
        }
      names.removeAll(own);
      if (otherwise
          && !others
          && !names.isEmpty()
          && ENUMS.stream().anyMatch(all -> all.containsAll(names)))
        DEFAULTS.add(at(tree) + " " + names);
    }
  }

  @Test
  void noFileIsLongerThanOneReads() {
    assertThat(LONG_FILES).as("files of more than %d lines", LONGEST_FILE).isEmpty();
  }

  @Test
  void noMethodIsLongerThanAScreen() {
    assertThat(LONG_METHODS).as("methods of more than %d lines", LONGEST_METHOD).isEmpty();
  }

  /** What is added to an enum of ours must be thought of wherever it is told apart. */
  @Test
  void aSwitchOverOurOwnHasNoDefault() {
    assertThat(DEFAULTS).as("switches over an enum of ours with a default").isEmpty();
  }
}
