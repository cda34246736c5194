package io.mestral.verticles.http;

import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.verticles.http.ops.MqttClients;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients in a list; they are connected until they are told to go. */
final class InMemoryMqttClients implements MqttClients {
  final List<Client> connected = new CopyOnWriteArrayList<>();
  final List<Event> events = new CopyOnWriteArrayList<>();

  @Override
  public Future<Page<Client>> list(Filter filter, Order order, Paging paging) {
    List<Client> fitting =
        connected.stream()
            .filter(client -> client.clientId().startsWith(filter.clientId()))
            .filter(client -> filter.principal().map(client.principal()::equals).orElse(true))
            .filter(client -> order == Order.CLIENT_ID || client.counts().queued() > 0)
            .toList();
    List<Client> page = fitting.stream().skip(paging.offset()).limit(paging.size()).toList();
    return Future.succeededFuture(new Page<>(page, fitting.size()));
  }

  @Override
  public Future<Optional<Detail>> find(String id) {
    return Future.succeededFuture(
        connected.stream().filter(client -> client.id().equals(id)).findFirst().map(this::detail));
  }

  @Override
  public Future<Optional<Departure>> end(String id, boolean withSession) {
    Optional<Client> known =
        connected.stream().filter(client -> client.id().equals(id)).findFirst();
    known.ifPresent(connected::remove);
    return Future.succeededFuture(
        known.map(
            client ->
                new Departure(true, withSession, withSession ? client.counts().queued() : 0)));
  }

  private Detail detail(Client client) {
    return new Detail(
        client,
        List.of(1L, 2L, 3L),
        List.of(0L, 4L, 0L),
        Map.of("not_authorized", 5L),
        Map.of(),
        List.of("home/#"),
        events);
  }
}
