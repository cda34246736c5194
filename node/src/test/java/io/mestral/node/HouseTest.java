package io.mestral.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walls of the house. Each room may know only what is named here, and packages don't cycle. The
 * same arrows stand in the poms; this says them for packages, where an engine and its ports share a
 * folder.
 */
class HouseTest {
  private static final String MODEL = "io.mestral.model..";
  private static final String CONFIG = "io.mestral.config..";
  private static final String SMARTAPI = "io.mestral.smartapi..";
  private static final String PORTS = "io.mestral.storage";
  private static final String SEARCH = "io.mestral.storage.search";
  private static final String REPLICA = "io.mestral.storage.replica";
  private static final String SQL = "io.mestral.storage.sql..";
  private static final String ROUTING = "io.mestral.routing..";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(place -> !place.contains("-tests.jar")) // what other rooms' tests lend
          .importPackages("io.mestral");

  static Stream<Arguments> rooms() {
    return Stream.of(
        room(MODEL),
        room(CONFIG),
        room(SMARTAPI),
        room(SEARCH, MODEL),
        room(REPLICA, MODEL),
        room(PORTS, SEARCH, REPLICA, MODEL),
        room(ROUTING, PORTS, SMARTAPI, MODEL),
        room(SQL, PORTS, SEARCH, REPLICA, MODEL),
        room("io.mestral.storage.embedded..", SQL, PORTS, CONFIG, MODEL),
        room("io.mestral.storage.postgresql..", SQL, PORTS, CONFIG, MODEL),
        room("io.mestral.storage.cassandra..", PORTS, CONFIG, MODEL),
        room("io.mestral.cluster..", ROUTING, CONFIG, MODEL),
        room("io.mestral.broker..", ROUTING, PORTS, CONFIG, MODEL),
        room("io.mestral.verticles..", ROUTING, PORTS, SEARCH, REPLICA, SMARTAPI, CONFIG, MODEL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rooms")
  void aRoomKnowsOnlyTheRoomsBelowIt(String room, String[] known) {
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(known)
                .or(resideInAPackage(room))
                .or(not(resideInAPackage("io.mestral.."))))
        .check(HOUSE);
  }

  @Test
  void everyRoomIsLookedAt() {
    assertThat(rooms())
        .allMatch(room -> HOUSE.that(resideInAPackage((String) room.get()[0])).size() > 0);
  }

  @Test
  void packagesDoNotCycle() {
    slices().matching("io.mestral.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void theModelIsFreeOfThreadsAndSockets() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.vertx..", "io.netty..")
                .and(not(describe("Future or Buffer", HouseTest::isValueOfVertx))))
        .check(HOUSE);
  }

  @Test
  void theConfigurationIsFreeOfVertx() {
    noClasses()
        .that()
        .resideInAPackage(CONFIG)
        .should()
        .dependOnClassesThat(resideInAPackage("io.vertx.."))
        .check(HOUSE);
  }

  private static boolean isValueOfVertx(JavaClass type) {
    return type.getName().equals("io.vertx.core.Future")
        || type.getName().equals("io.vertx.core.buffer.Buffer");
  }

  private static Arguments room(String room, String... known) {
    return Arguments.of(room, known);
  }
}
