package dev.steward.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.steward.api.Once;
import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tokens;
import dev.steward.api.auth.Users;
import dev.steward.model.ChildProcess;
import dev.steward.storage.Chunks;
import dev.steward.storage.State;
import dev.steward.storage.Transaction;
import io.temporal.workflow.WorkflowInterface;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of the house that the module graph alone does not hold. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.steward");

  /** Each room, and the rooms that it may see. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("estate", List.of("model")),
          Map.entry("ml", List.of("model")),
          Map.entry("storage", List.of("model")),
          Map.entry("domain", List.of("model", "estate", "ml", "storage")),
          Map.entry("workflows", List.of("model")),
          Map.entry("aws", List.of("model", "estate", "storage", "workflows")),
          Map.entry(
              "activities",
              List.of("model", "estate", "ml", "storage", "domain", "workflows", "aws")),
          Map.entry("api", List.of("model", "estate", "ml", "storage", "domain")),
          Map.entry("testing", List.of("model")),
          Map.entry(
              "app",
              List.of(
                  "model",
                  "estate",
                  "ml",
                  "storage",
                  "domain",
                  "workflows",
                  "aws",
                  "activities",
                  "api",
                  "testing")));

  @Test
  void arrowsPointOneWay() {
    ROOMS.forEach((room, sees) -> {
      String[] others =
          ROOMS.keySet().stream()
              .filter(other -> !other.equals(room) && !sees.contains(other))
              .map(ArchitectureTest::within)
              .toArray(String[]::new);
      if (others.length == 0) return;
      noClasses()
          .that()
          .resideInAPackage(within(room))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("a change in one room must not be felt in all of them (docs/architecture.md)")
          .check(CLASSES);
    });
  }

  @Test
  void pureRoomsDoNotSeeTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            within("aws"), within("activities"), within("testing"), within("app"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .because("what AWS's library is like is one room's business")
        .check(CLASSES);
  }

  @Test
  void nothingIsPackedWhileOthersWaitToWrite() {
    methods()
        .that()
        .areDeclaredIn(Chunks.class)
        .and(
            describe(
                "pack something",
                m -> m.getMethodCallsFromSelf().stream().anyMatch(c -> c.getName().equals("pack"))))
        .should()
        .notHaveRawParameterTypes(
            describe(
                "a transaction",
                p -> p.stream().anyMatch(t -> t.isEquivalentTo(Transaction.class))))
        .because("there is one writer, and packing takes longer than writing")
        .check(CLASSES);
  }

  private static String within(String room) {
    return "dev.steward." + room + "..";
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.steward.(*.*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle is one package that has not admitted it")
        .check(CLASSES);
  }

  @Test
  void namesSaySomething() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Dto|Base|Abstract.*|Data|Info)$")
        .because("such a name fits everything and tells nothing")
        .check(CLASSES);
    classes()
        .that()
        .haveSimpleNameEndingWith("Impl")
        .should()
        .beAssignableTo(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "a workflow interface", c -> c.isAnnotatedWith(WorkflowInterface.class)))
        .because("an implementation is named by what makes it different; a workflow has only one")
        .check(CLASSES);
  }

  @Test
  void aNameMeansOneThing() {
    Map<String, Set<String>> packages =
        CLASSES.stream()
            .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
            // What starts a program is called the same in each.
            .filter(c -> !c.getSimpleName().equals("Main"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getPackageName, Collectors.toSet())));
    packages.values().removeIf(in -> in.size() == 1);
    assertThat(packages)
        .as("a name that means one thing here and another there is read wrong")
        .isEmpty();
  }

  @Test
  void aWorkflowIsNotTakenForItsRow() {
    classes()
        .that()
        .areAnnotatedWith(WorkflowInterface.class)
        .should()
        .haveSimpleNameEndingWith("Workflow")
        .because("Change is what the store keeps, ChangeWorkflow what carries it out")
        .check(CLASSES);
  }

  @Test
  void httpKnowsNoAwsAndNoTemporal() {
    noClasses()
        .that()
        .resideInAPackage("dev.steward.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "io.temporal..")
        .because("a request stores its intent; workflows do the work")
        .check(CLASSES);
  }

  @Test
  void handlersSeeOnlyWhatIsTheCallers() {
    noClasses()
        .that()
        .resideInAPackage("dev.steward.api..")
        // Who somebody is comes before whose they are, and a key of theirs names them.
        .and()
        .doNotBelongToAnyOf(Once.class, Tokens.class, SigningKeys.class, Users.class)
        .should()
        .callMethodWhere(
            describe(
                "a read of the whole state",
                call ->
                    (call.getTarget().getOwner().isEquivalentTo(State.class)
                            || call.getTarget().getOwner().isEquivalentTo(Transaction.class))
                        && List.of("find", "rows", "body").contains(call.getTarget().getName())))
        .because("a row of another organization is not there; Own holds that (decision 15)")
        .check(CLASSES);
  }

  @Test
  void pureModulesAreSo() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.steward.estate..",
            "dev.steward.model..",
            "dev.steward.domain.governance.plan..",
            "dev.steward.domain.governance.policy..",
            "dev.steward.domain.governance.approval..",
            "dev.steward.domain.governance.change..",
            "dev.steward.domain.governance.audit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "io.helidon..", "software.amazon..")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .because("a finding can be computed again from what was stored")
        .check(CLASSES);
  }

  @Test
  void whatLearnsKnowsNoStore() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.steward.ml.score..",
            "dev.steward.ml.forecast..",
            "dev.steward.ml.anomaly..",
            "dev.steward.ml.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.steward.storage..", "dev.steward.domain.governance..", "java.net..")
        .because("a model can be learnt, judged and asked anywhere")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.steward.ml.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .because("the engine is one package's business")
        .check(CLASSES);
  }

  @Test
  void whatWeStartKnowsLittleOfUs() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(ChildProcess.class)
        .should()
        .callConstructor(ProcessBuilder.class, String[].class)
        .orShould()
        .callConstructor(ProcessBuilder.class, List.class)
        .orShould()
        .callMethodWhere(
            describe(
                "Runtime.exec",
                call ->
                    call.getTarget().getOwner().isEquivalentTo(Runtime.class)
                        && call.getTarget().getName().equals("exec")))
        .because("a child would inherit the environment, with whatever secrets are in it")
        .check(CLASSES);
  }
}
