package dev.catnap.cost;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(packages = "dev.catnap.cost", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> CORES =
      Set.of(
          "dev.catnap.cost.pricing",
          "dev.catnap.cost.ledger",
          "dev.catnap.cost.report",
          "dev.catnap.cost.focus",
          "dev.catnap.cost.outlook",
          "dev.catnap.cost.budget",
          "dev.catnap.cost.advice",
          "dev.catnap.cost.commitment");

  private static final DescribedPredicate<JavaClass> IN_A_CORE =
      DescribedPredicate.describe("in a core", type -> CORES.contains(type.getPackageName()));

  private static final DescribedPredicate<JavaClass> FOREIGN =
      DescribedPredicate.describe(
          "neither java, nor events, nor JSpecify, nor a core",
          type ->
              !type.getBaseComponentType().isPrimitive()
                  && !type.getPackageName().startsWith("java.")
                  && !type.getPackageName().equals("dev.catnap.events")
                  && !type.getPackageName().equals("org.jspecify.annotations")
                  && !CORES.contains(type.getPackageName()));

  @ArchTest
  static final ArchRule cores_are_pure =
      noClasses().that(IN_A_CORE).should().dependOnClassesThat(FOREIGN);

  @ArchTest
  static final ArchRule cores_read_no_clock =
      noClasses()
          .that(IN_A_CORE)
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
  static final ArchRule capabilities_have_no_cycles =
      slices().matching("dev.catnap.cost.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_is_injected_into_fields =
      noFields().should().beAnnotatedWith(Autowired.class);
}
