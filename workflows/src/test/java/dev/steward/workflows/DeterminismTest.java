package dev.steward.workflows;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.temporal.workflow.WorkflowInterface;
import java.io.File;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Workflow code decides the same each time it is replayed, so it may ask nothing that changes. */
final class DeterminismTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.steward.workflows");

  private static final DescribedPredicate<JavaClass> WORKFLOWS =
      DescribedPredicate.describe(
          "implement a workflow",
          c ->
              c.getAllRawInterfaces().stream()
                  .anyMatch(i -> i.isAnnotatedWith(WorkflowInterface.class)));

  @Test
  void asksNoClockAndNoChance() {
    noClasses()
        .that(WORKFLOWS)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(UUID.class)
        .because(
            "replay would see another value; Workflow.currentTimeMillis, newRandom and randomUUID are recorded")
        .check(CLASSES);
  }

  @Test
  void startsNoThreadAndDoesNoInputOrOutput() {
    noClasses()
        .that(WORKFLOWS)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(CompletableFuture.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.util.concurrent.locks..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(File.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Files.class)
        .because("a workflow waits and computes; whatever touches the world is an activity")
        .check(CLASSES);
  }

  @Test
  void iteratesNothingInRandomOrder() {
    noClasses()
        .that(WORKFLOWS)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(HashMap.class, HashSet.class, ConcurrentHashMap.class)
        .because("their order differs between processes; LinkedHashMap, TreeMap and List keep it")
        .check(CLASSES);
  }
}
