package io.mestral.routing.request.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.routing.request.Asker;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random policies over an Entity, a value of it and a chain of three Zones, held against an oracle
 * that knows no graphs; Smart API, section 2.13.
 */
class AccessRulesTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<Iri> METHODS =
      List.of(Individuals.READ, Individuals.WRITE, Individuals.DELETE);
  private static final Iri DOOR = iri("door");
  private static final Iri CAMERA = iri("door#camera");
  private static final List<Iri> ZONES = List.of(iri("room"), iri("house"), iri("street"));
  private static final List<Iri> PEOPLE = List.of(iri("ada"), iri("bob"), iri("eve"));

  /** Where an Authorization stands: on the door, its camera, or a Zone by its number. */
  enum Place {
    DOOR,
    CAMERA,
    ROOM,
    HOUSE,
    STREET
  }

  /**
   * An Authorization.
   *
   * @param grantee a person's number; -1 for one that only says that one is needed
   * @param method a method's number; -1 for all
   * @param hours from when to when it holds, from noon on; nothing for always
   * @param isForOther whether it names something else than what it stands on
   */
  record Grant(
      Place place,
      int grantee,
      int method,
      Optional<int[]> hours,
      boolean isRevoked,
      boolean isForOther) {
    boolean covers(int asked) {
      return method < 0 || method == asked;
    }

    boolean isGood(int person, int asked) {
      boolean now = hours.isEmpty() || hours.get()[0] <= 0 && 0 < hours.get()[1];
      return grantee == person && covers(asked) && now && !isRevoked && !isForOther;
    }
  }

  private static Iri iri(String name) {
    return new Iri("https://example.org/id/" + name);
  }

  @Provide
  Arbitrary<List<Grant>> policies() {
    Arbitrary<Optional<int[]>> hours =
        Combinators.combine(
                Arbitraries.integers().between(-2, 1), Arbitraries.integers().between(1, 3))
            .as((from, length) -> new int[] {from, from + length})
            .optional(0.4);
    return Combinators.combine(
            Arbitraries.of(Place.values()),
            Arbitraries.integers().between(-1, 2),
            Arbitraries.integers().between(-1, 2),
            hours,
            Arbitraries.of(false, false, false, true),
            Arbitraries.of(false, false, false, false, true))
        .as(Grant::new)
        .list()
        .ofMaxSize(5);
  }

  @Property(tries = 3_000)
  void everybodyMayWhatTheOracleSays(
      @ForAll("policies") List<Grant> policy, @ForAll boolean inZone) {
    Shelf shelf = shelf(policy, inZone);
    AccessRules rules = new AccessRules(shelf, Clock.fixed(NOON, ZoneOffset.UTC));
    Listed door = shelf.find(DOOR).orElseThrow();
    for (int person = 0; person < PEOPLE.size(); person++)
      for (int method = 0; method < METHODS.size(); method++) {
        Asker asker =
            new Asker(PEOPLE.get(person), new Principal.User(new UserId(7), "x", Role.CITIZEN));
        boolean whole = mayAll(policy, inZone, person, method);
        boolean camera = whole(policy, inZone, person, method) || mayCamera(policy, person, method);
        assertThat(rules.allowsAll(asker, door, METHODS.get(method)))
            .as("%s %s of %s", PEOPLE.get(person), METHODS.get(method), policy)
            .isEqualTo(whole);
        if (isGuarded(policy))
          assertThat(rules.allowsValue(asker, door.entity(), CAMERA, METHODS.get(method)))
              .as("camera: %s %s of %s", PEOPLE.get(person), METHODS.get(method), policy)
              .isEqualTo(camera);
      }
  }

  @Property(tries = 200)
  void visitorsAreGrantedNothingAndOwnersAndAdministratorsEverything(
      @ForAll("policies") List<Grant> policy) {
    Shelf shelf = shelf(policy, true);
    AccessRules rules = new AccessRules(shelf, Clock.fixed(NOON, ZoneOffset.UTC));
    Listed door = shelf.find(DOOR).orElseThrow();
    Asker visitor = new Asker(PEOPLE.get(0), Principal.ANONYMOUS);
    Asker owner = new Asker(iri("owner"), new Principal.User(new UserId(7), "x", Role.CITIZEN));
    Asker admin = new Asker(iri("root"), new Principal.User(new UserId(1), "r", Role.ADMIN));
    for (Iri method : METHODS) {
      assertThat(rules.allows(owner, door, method)).isTrue();
      assertThat(rules.allows(admin, door, method)).isTrue();
      if (!method.equals(Individuals.READ))
        assertThat(rules.allows(visitor, door, method)).isFalse();
    }
  }

  /** Reading is open where nothing on the way asks for an Authorization. */
  private static boolean mayAll(List<Grant> policy, boolean inZone, int person, int method) {
    boolean isOpen =
        method == 0 && policy.stream().noneMatch(one -> counts(one, inZone) && one.covers(method));
    return isOpen || whole(policy, inZone, person, method);
  }

  private static boolean whole(List<Grant> policy, boolean inZone, int person, int method) {
    return policy.stream().anyMatch(one -> counts(one, inZone) && one.isGood(person, method));
  }

  private static boolean mayCamera(List<Grant> policy, int person, int method) {
    return policy.stream()
        .anyMatch(one -> one.place() == Place.CAMERA && one.isGood(person, method));
  }

  private static boolean isGuarded(List<Grant> policy) {
    return policy.stream().anyMatch(one -> one.place() == Place.CAMERA);
  }

  private static boolean counts(Grant one, boolean inZone) {
    return one.place() == Place.DOOR || inZone && one.place().ordinal() > 1;
  }

  private static Shelf shelf(List<Grant> policy, boolean inZone) {
    Shelf shelf = new Shelf();
    Graph.Builder door = Graph.builder();
    door.add(DOOR, Rdf.TYPE, Types.DEVICE)
        .add(DOOR, SmartApi.VALUE_OBJECT, CAMERA)
        .add(CAMERA, Rdf.TYPE, Types.VALUE_OBJECT);
    if (inZone) door.add(DOOR, SmartApi.ZONE, ZONES.get(0));
    add(door, policy, Place.DOOR, DOOR);
    add(door, policy, Place.CAMERA, CAMERA);
    shelf.put(listed(door.build(), DOOR));
    for (int i = 0; i < ZONES.size(); i++) {
      Graph.Builder zone = Graph.builder().add(ZONES.get(i), Rdf.TYPE, Types.ZONE);
      if (i + 1 < ZONES.size()) zone.add(ZONES.get(i), Sx.PARENT_ZONE, ZONES.get(i + 1));
      add(zone, policy, Place.values()[i + 2], ZONES.get(i));
      shelf.put(listed(zone.build(), ZONES.get(i)));
    }
    return shelf;
  }

  private static Listed listed(Graph graph, Iri node) {
    return new Listed(Entity.at(graph, node), iri("owner"), Optional.empty(), NOON, NOON);
  }

  private static void add(Graph.Builder graph, List<Grant> policy, Place place, Iri on) {
    List<Grant> here = new ArrayList<>(policy);
    here.removeIf(one -> one.place() != place);
    for (Grant one : here) {
      Resource node = new Blank();
      graph
          .add(on, Sx.AUTHORIZATION, node)
          .add(node, Rdf.TYPE, Types.AUTHORIZATION)
          .add(node, Sx.RESOURCE, one.isForOther() ? iri("elsewhere") : on);
      if (one.grantee() >= 0) graph.add(node, Sx.GRANTEE, PEOPLE.get(one.grantee()));
      if (one.method() >= 0) graph.add(node, Sx.GRANTED_METHOD, METHODS.get(one.method()));
      if (one.isRevoked()) graph.add(node, Sx.REVOKED, Literal.of(true));
      one.hours()
          .ifPresent(
              hours -> {
                Resource span = new Blank();
                graph
                    .add(node, SmartApi.TEMPORAL_CONTEXT, span)
                    .add(span, Rdf.TYPE, Types.TEMPORAL_CONTEXT)
                    .add(span, SmartApi.START, Literal.of(NOON.plusSeconds(3600L * hours[0])))
                    .add(span, SmartApi.END, Literal.of(NOON.plusSeconds(3600L * hours[1])));
              });
    }
  }
}
