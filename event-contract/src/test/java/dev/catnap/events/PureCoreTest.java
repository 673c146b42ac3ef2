package dev.catnap.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.catnap.events",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PureCoreTest {
  @ArchTest
  static final ArchRule eventsAreValuesOfJavaAlone =
      classes()
          .that()
          .resideInAPackage("dev.catnap.events")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.catnap.events", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule jsonKnowsNoKafka =
      noClasses()
          .that()
          .resideInAPackage("..json..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "dev.catnap.events.kafka..");
}
