package dev.signalbox.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String API = "dev.signalbox.client";
  private static final String CALLBACK = "dev.signalbox.client.callback..";
  private static final String LIMIT = "dev.signalbox.client.limit..";
  private static final String INTERNAL = "dev.signalbox.client.internal..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(API);

  @Test
  void publicSignatures_nameNothingOfTheWire() {
    List<String> offenders =
        CLASSES.stream()
            .filter(type -> !resideInAnyPackage(INTERNAL).test(type))
            .filter(type -> type.getModifiers().contains(PUBLIC))
            .flatMap(type -> type.getMembers().stream())
            .filter(ArchitectureTest::isVisible)
            .filter(member -> namesTheWire(member))
            .map(JavaMember::getFullName)
            .toList();
    assertThat(offenders).isEmpty();
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }

  private static boolean namesTheWire(JavaMember member) {
    Stream<JavaClass> types =
        member instanceof JavaCodeUnit method
            ? Stream.concat(
                method.getReturnType().getAllInvolvedRawTypes().stream(),
                method.getParameterTypes().stream()
                    .flatMap(t -> t.getAllInvolvedRawTypes().stream()))
            : ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
    Set<String> names = types.map(JavaClass::getPackageName).collect(Collectors.toSet());
    return names.stream()
        .anyMatch(name ->
            name.startsWith("io.grpc")
                || name.startsWith("com.google")
                || name.startsWith("dev.signalbox.v1")
                || name.startsWith("dev.signalbox.client.internal"));
  }

  @Test
  void internal_knowsNothingOfTheApi() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(API, CALLBACK, LIMIT)
        .check(CLASSES);
  }

  @Test
  void api_knowsNothingOfGrpc() {
    noClasses()
        .that()
        .resideInAnyPackage(API, CALLBACK, LIMIT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .check(CLASSES);
  }

  @Test
  void callbackPools_standOnTheApiAlone() {
    noClasses()
        .that()
        .resideInAPackage(CALLBACK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.signalbox.v1..", "com.google..")
        .check(CLASSES);
  }

  @Test
  void limiters_standOnThePublicApiAlone() {
    noClasses()
        .that()
        .resideInAPackage(LIMIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.signalbox.v1..", "com.google..", INTERNAL, CALLBACK)
        .check(CLASSES);
  }

  @Test
  void nothing_knowsOfLimiters() {
    noClasses()
        .that()
        .resideInAnyPackage(API, CALLBACK, INTERNAL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(LIMIT)
        .check(CLASSES);
  }
}
