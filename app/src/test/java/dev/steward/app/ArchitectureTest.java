package dev.steward.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import dev.steward.model.ChildProcess;
import io.temporal.workflow.WorkflowInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the house that the module graph alone does not hold. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.steward");

  @Test
  void arrowsPointOneWay() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("model")
        .definedBy("dev.steward.model..")
        .layer("storage")
        .definedBy("dev.steward.storage..")
        .layer("waste")
        .definedBy("dev.steward.waste..")
        .layer("governance")
        .definedBy("dev.steward.governance..")
        .layer("ml")
        .definedBy("dev.steward.ml..")
        .layer("workflows")
        .definedBy("dev.steward.workflows..")
        .layer("activities")
        .definedBy("dev.steward.activities..")
        .layer("api")
        .definedBy("dev.steward.api..")
        .layer("testing")
        .definedBy("dev.steward.testing..")
        .layer("app")
        .definedBy("dev.steward.app..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("testing")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("activities")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("workflows")
        .mayOnlyBeAccessedByLayers("activities", "app")
        .whereLayer("governance")
        .mayOnlyBeAccessedByLayers("ml", "activities", "api", "app")
        .whereLayer("ml")
        .mayOnlyBeAccessedByLayers("activities", "api", "app")
        .whereLayer("waste")
        .mayOnlyBeAccessedByLayers("governance", "ml", "activities", "api", "app")
        .whereLayer("storage")
        .mayOnlyBeAccessedByLayers("governance", "ml", "activities", "api", "app")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers(
            "storage",
            "waste",
            "governance",
            "ml",
            "workflows",
            "activities",
            "api",
            "testing",
            "app")
        .because("a change in one room must not be felt in all of them (docs/architecture.md)")
        .check(CLASSES);
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
  void pureModulesAreSo() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.steward.waste..",
            "dev.steward.model..",
            "dev.steward.governance.plan..",
            "dev.steward.governance.policy..",
            "dev.steward.governance.approval..",
            "dev.steward.governance.change..",
            "dev.steward.governance.audit..")
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
        .resideInAnyPackage("dev.steward.storage..", "dev.steward.governance..", "java.net..")
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
