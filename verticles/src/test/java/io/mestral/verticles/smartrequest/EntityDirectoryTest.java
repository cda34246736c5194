package io.mestral.verticles.smartrequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.storage.Settled;
import io.mestral.storage.StoredEntity;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
