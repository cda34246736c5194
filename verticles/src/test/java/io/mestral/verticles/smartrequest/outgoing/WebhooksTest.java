package io.mestral.verticles.smartrequest.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.SmartApiOptions;
import io.mestral.model.access.Principal;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.data.InterfaceAddress;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.Settled;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are told by POST at a real server; Smart API, section 8.7. */
class WebhooksTest {
  private static final Iri APP = new Iri("https://client.example/id/app");
  private static final Client CLIENT = new Client(APP, "user:1");

  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final EntityDirectory directory =
      new EntityDirectory(stores.metadata().entities(), 100, Clock.systemUTC());
  private final BlockingQueue<Message> told = new LinkedBlockingQueue<>();
  private final AtomicInteger failing = new AtomicInteger();
  private Webhooks webhooks;
  private int port;

  @BeforeEach
  void start() {
    port =
        Settled.value(
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request ->
                            request
                                .body()
                                .onSuccess(
                                    body -> {
                                      told.add(
                                          new MessageReader()
                                              .read(body.getBytes(), Syntax.TURTLE)
                                              .message());
                                      boolean isDown = failing.getAndDecrement() > 0;
                                      request.response().setStatusCode(isDown ? 503 : 202).end();
                                    }))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    webhooks = webhooks(true);
  }

  private Webhooks webhooks(boolean loopback) {
    AddressGuard guard = new AddressGuard(new SmartApiOptions.Interfaces(loopback, Set.of()));
    return new Webhooks(
        directory,
        new HttpPost(vertx, guard, 1 << 20),
        QudtFamily.LEGACY,
        vertx,
        List.of(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20)));
  }

  @AfterEach
  void stop() {
    stores.close();
    Settled.value(vertx.close());
  }

  private void announce(Iri owner, Optional<String> gateway) {
    InterfaceAddress address =
        new InterfaceAddress.Builder()
            .scheme("http")
            .host("127.0.0.1")
            .port(port)
            .path("/hear")
            .build();
    Graph graph =
        Graph.builder()
            .add(APP, Rdf.TYPE, Types.ENTITY)
            .add(APP, SmartApi.INTERFACE, address.node())
            .addAll(address.graph())
            .build();
    Settled.value(directory.register(List.of(Entity.at(graph, APP)), owner, gateway));
  }

  private Iri tell(Client client) {
    Iri name = new Iri("urn:uuid:" + UUID.randomUUID());
    Notification one =
        new Notification.Builder(name)
            .generatedBy(new Iri("http://node.example/id/node"))
            .generatedAt(Instant.parse("2026-11-23T12:00:00Z"))
            .processId(7)
            .build();
    webhooks.tell(client, one.graph(), name);
    return name;
  }

  private Message next() throws InterruptedException {
    Message one = told.poll(20, TimeUnit.SECONDS);
    assertThat(one).as("something came").isNotNull();
    return one;
  }

  @Test
  void aClientIsToldWhereItSaidItIs() throws Exception {
    announce(APP, Optional.empty());
    Iri name = tell(CLIENT);
    assertThat(next()).isInstanceOf(Notification.class).extracting(Message::node).isEqualTo(name);
  }

  @Test
  void aGatewayIsToldWhereItAnnouncedItself() throws Exception {
    announce(new Iri("https://example.org/id/ada"), Optional.of("roof"));
    Iri name = tell(new Client(APP, Principal.nameOfGateway("roof")));
    assertThat(next().node()).isEqualTo(name);
  }

  @Test
  void whoIsDownIsTriedAgainThreeTimesAndNoMore() throws Exception {
    announce(APP, Optional.empty());
    failing.set(3);
    Iri name = tell(CLIENT);
    for (int i = 0; i < 4; i++) assertThat(next().node()).isEqualTo(name);
    failing.set(4);
    Iri lost = tell(CLIENT);
    for (int i = 0; i < 4; i++) assertThat(next().node()).isEqualTo(lost);
    Iri after = tell(CLIENT);
    assertThat(next().node()).isEqualTo(after);
  }

  @Test
  void whatOthersSayOfAClientDoesntCount() throws Exception {
    announce(new Iri("https://example.org/id/eve"), Optional.empty());
    tell(CLIENT);
    tell(new Client(APP, Principal.nameOfGateway("roof")));
    announce(APP, Optional.empty());
    tell(new Client(APP, Principal.ANONYMOUS.name()));
    Iri name = tell(CLIENT);
    assertThat(next().node()).isEqualTo(name);
    assertThat(told).isEmpty();
  }

  @Test
  void anAddressThatMayNotBeCalledIsNotCalled() throws Exception {
    announce(APP, Optional.empty());
    Webhooks allowed = webhooks;
    webhooks = webhooks(false);
    tell(CLIENT);
    webhooks = allowed;
    Iri name = tell(CLIENT);
    assertThat(next().node()).isEqualTo(name);
    assertThat(told).isEmpty();
  }
}
