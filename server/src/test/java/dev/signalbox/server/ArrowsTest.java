package dev.signalbox.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms, and which way the arrows between them point. */
class ArrowsTest {
  private static final String ROOT = "dev.signalbox.server";
  private static final String CORE = ROOT + ".core";
  private static final String REPLICATION = ROOT + ".replication..";
  private static final String CODEC = ROOT + ".replication.codec";
  private static final String RATIS = ROOT + ".replication.ratis";
  private static final String SESSION = ROOT + ".session";
  private static final String RATE_LIMIT = ROOT + ".ratelimit";
  private static final String TRANSPORT = ROOT + ".transport";
  private static final String ENVOY = ROOT + ".transport.envoy";

  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void arrows_pointFromTransportToCore() {
    layer(CORE, "java..", "org.jspecify..");
    layer(REPLICATION, CORE, "java..", "org.jspecify..", "org.slf4j..", "org.apache.ratis..");
    layer(SESSION, REPLICATION, CORE, "java..", "org.jspecify..", "org.slf4j..");
    layer(
        RATE_LIMIT,
        REPLICATION,
        CORE,
        "java..",
        "org.jspecify..",
        "org.slf4j..",
        "org.snakeyaml..");
  }

  @Test
  void transport_isKnownOnlyToTheWiring() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE, REPLICATION, SESSION, RATE_LIMIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TRANSPORT, ENVOY, ROOT)
        .check(SERVER);
    noClasses()
        .that()
        .resideInAPackage(TRANSPORT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".replication.memory", RATIS, CODEC)
        .check(SERVER);
  }

  @Test
  void engine_isKnownToItsRoomAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(RATIS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.ratis..")
        .check(SERVER);
  }

  @Test
  void wireMessages_areKnownToTransportAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(TRANSPORT, ENVOY, ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google..", "dev.signalbox.v1..", ENVOY)
        .check(SERVER);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void core_hasNoClock_noChance_noThreads_noIo() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.security..",
                    "java.time..",
                    "java.util.concurrent..",
                    "java.util.random..",
                    "java.lang.ref..")
                .and(nameMatching(".*\\.Serializable").negate())
                .or(
                    nameMatching(
                        "java\\.lang\\.(Thread|ThreadLocal|Runtime|Process|ProcessBuilder)"))
                .or(
                    nameMatching(
                        "java\\.util\\.(Random|SplittableRandom|UUID|Date|Calendar|Timer|TimerTask|IdentityHashMap|WeakHashMap)"))
                .as("reach outside the machine"))
        .check(SERVER);
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "it differs from run to run",
                access ->
                    List.of("currentTimeMillis", "nanoTime", "identityHashCode", "random")
                        .contains(access.getTarget().getName())))
        .check(SERVER);
  }

  /** Ordered maps and sets are walked under their own types; what is only a Map or a Set is not. */
  @Test
  void core_neverWalksAHashTable() {
    Set<String> walks =
        Set.of(
            "iterator",
            "spliterator",
            "forEach",
            "stream",
            "parallelStream",
            "keySet",
            "values",
            "entrySet",
            "toString",
            "toArray",
            "replaceAll",
            "removeIf");
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .callMethodWhere(
            DescribedPredicate.<JavaMethodCall>describe(
                "it walks what may be a hash table",
                call -> walks.contains(call.getName()) && mayBeHashed(call.getTarget().getOwner())))
        .check(SERVER);
  }

  private static boolean mayBeHashed(JavaClass type) {
    return Stream.of(Map.class, Set.class, HashMap.class, HashSet.class)
        .anyMatch(type::isEquivalentTo);
  }

  private static void layer(String room, String... known) {
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(resideInAPackage(room).or(resideInAnyPackage(known)))
        .check(SERVER);
  }
}
