package dev.signalbox.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.signalbox.cli");

  @Test
  void command_standsOnThePublicApiAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.signalbox.client.internal..",
            "dev.signalbox.v1..",
            "io.grpc..",
            "com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void run_knowsNothingOfWordsAndOptions() {
    noClasses()
        .that()
        .resideInAPackage("dev.signalbox.cli.run")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.signalbox.cli", "picocli..", "com.google.gson..")
        .check(CLASSES);
  }
}
