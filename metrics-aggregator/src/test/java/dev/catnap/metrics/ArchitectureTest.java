package dev.catnap.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(
    packages = "dev.catnap.metrics",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "dev.catnap.metrics.fold",
    "dev.catnap.metrics.catalog",
    "dev.catnap.metrics.live",
    "dev.catnap.metrics.table",
    "dev.catnap.metrics.history",
    "dev.catnap.metrics.recommendation",
    "dev.catnap.metrics.imports",
    "dev.catnap.metrics.replay",
    "dev.catnap.metrics.sketch",
    "dev.catnap.metrics.trend",
    "dev.catnap.metrics.usage",
    "dev.catnap.metrics.window"
  };

  @ArchTest
  static final ArchRule coreIsPure =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify.annotations",
              "dev.catnap.events",
              "dev.catnap.metrics.fold",
              "dev.catnap.metrics.catalog",
              "dev.catnap.metrics.live",
              "dev.catnap.metrics.table",
              "dev.catnap.metrics.history",
              "dev.catnap.metrics.recommendation",
              "dev.catnap.metrics.imports",
              "dev.catnap.metrics.replay",
              "dev.catnap.metrics.sketch",
              "dev.catnap.metrics.trend",
              "dev.catnap.metrics.usage",
              "dev.catnap.metrics.window");

  @ArchTest
  static final ArchRule coreReadsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule capabilitiesHaveNoCycles =
      slices().matching("dev.catnap.metrics.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noFieldInjection = fields().should().notBeAnnotatedWith(Autowired.class);
}
