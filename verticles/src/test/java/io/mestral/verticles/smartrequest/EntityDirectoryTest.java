package io.mestral.verticles.smartrequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Change;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.storage.Settled;
import io.mestral.storage.StoredEntity;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made known, as the store of a node has it. */
class EntityDirectoryTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final Iri ADA = new Iri("https://example.org/id/ada");
  private static final Optional<String> GATEWAY = Optional.empty();

  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  @Test
  void largeEntitiesAreAllThereAfterAStart() {
    List<StoredEntity> large = new ArrayList<>();
    for (int i = 0; i < 20; i++) large.add(lamp(i));
    Settled.value(stores.metadata().entities().apply(large, List.of()));
    EntityDirectory directory = directory();
    Settled.value(directory.load());
    assertThat(directory.size()).isEqualTo(20);
  }

  @Test
  void anIriThatNotEveryStoreCanKeepIsRefusedByAll() {
    String begin = "https://example.org/id/"; // 23 bytes, and each letter 3
    EntityDirectory directory = directory();
    Settled.value(directory.register(List.of(named(begin + "灯".repeat(675))), ADA, GATEWAY));
    Entity far = named(begin + "灯".repeat(676));
    assertThat(Settled.failure(directory.register(List.of(far), ADA, GATEWAY)))
        .isInstanceOfSatisfying(
            SmartApiException.class,
            refused -> assertThat(refused.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR))
        .hasMessageContaining("2051 bytes");
    assertThat(directory.size()).isEqualTo(1);
  }

  @Test
  void whatAnOwnerGrantedIsKeptWhenAGatewayAnnouncesItselfAgain() {
    String camera = "fleet:camera smartapi:isManagedBy fleet:hub ; a <urn:Camera>";
    EntityDirectory directory = directory();
    announce(directory, camera);
    Iri name = new Iri("https://fleet.example/id/camera");
    Entity before = directory.find(name).orElseThrow();
    Asker owner = asker(ADA);
    Asker bob = asker(new Iri("https://example.org/id/bob"));
    Entity granted =
        Entity.at(
            graph(
                camera
                    + " ; sx:authorization [ a sx:Authorization ; sx:grantee"
                    + " <https://example.org/id/bob> ; smartapi:temporalContext [ smartapi:start"
                    + " \"2026-01-01T00:00:00Z\" ] ]"),
            name);
    Settled.value(
        directory.apply(List.of(new Change(Optional.of(before), Optional.of(granted))), owner));
    announce(directory, camera + " ; <urn:zoom> 3");
    Entity after = directory.find(name).orElseThrow();
    assertThat(after.values(new Iri("urn:zoom"))).hasSize(1);
    assertThat(directory.allows(bob, after, Individuals.WRITE)).isTrue();
    announce(
        directory, camera + " ; sx:authorization [ a sx:Authorization ; sx:grantee <urn:eve> ]");
    after = directory.find(name).orElseThrow();
    assertThat(directory.allows(bob, after, Individuals.WRITE)).isFalse();
  }

  private static Asker asker(Iri who) {
    return new Asker(
        who, new Principal.Gateway(new GatewayId(1), "hub", who.value(), new UserId(1)));
  }

  private static void announce(EntityDirectory directory, String says) {
    Graph graph =
        graph(
            "fleet:hub a smartapi:Gateway . "
                + says
                + " . <urn:message> a smartapi:Notification ; smartapi:entity fleet:hub");
    Settled.value(directory.announced("hub", ADA, Notification.at(graph, new Iri("urn:message"))));
  }

  private static Graph graph(String says) {
    String turtle =
        """
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
        @prefix fleet: <https://fleet.example/id/> .
        %s .
        """
            .formatted(says);
    return new TurtleReader(Limits.DEFAULT).read(turtle.getBytes(StandardCharsets.UTF_8));
  }

  private static Entity named(String iri) {
    Iri node = new Iri(iri);
    return Entity.at(
        Graph.builder().add(node, Rdf.TYPE, new Iri("https://example.org/Lamp")).build(), node);
  }

  private EntityDirectory directory() {
    return new EntityDirectory(stores.metadata().entities(), 1_000, Clock.systemUTC());
  }

  private static StoredEntity lamp(int number) {
    String iri = "https://example.org/id/lamp-" + number;
    String document =
        "<%s> <https://example.org/vocab#says> \"%s\" .\n".formatted(iri, "x".repeat(1_000_000));
    return new StoredEntity(
        iri, "https://example.org/id/ada", Optional.empty(), Buffer.buffer(document), NOON, NOON);
  }
}
