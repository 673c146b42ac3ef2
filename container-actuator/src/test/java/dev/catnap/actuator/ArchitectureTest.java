package dev.catnap.actuator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@AnalyzeClasses(packages = "dev.catnap.actuator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "dev.catnap.actuator.engine",
    "dev.catnap.actuator.transition",
    "dev.catnap.actuator.discovery",
    "dev.catnap.actuator.sampling"
  };

  @ArchTest
  static final ArchRule theCoreKnowsJavaAndTheContractOnly =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "dev.catnap.events", "org.jspecify..", CORE[0], CORE[1], CORE[2], CORE[3]);

  @ArchTest
  static final ArchRule theCoreNeverReadsAClock =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule capabilitiesFormNoCycle =
      slices().matching("dev.catnap.actuator.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule dockerStaysBehindThePort =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.catnap.actuator.engine.docker")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);
}
