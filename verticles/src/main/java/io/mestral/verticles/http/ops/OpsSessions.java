package io.mestral.verticles.http.ops;

import io.mestral.storage.Page;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.ops.MqttClients.Client;
import io.mestral.verticles.http.ops.MqttClients.Connection;
import io.mestral.verticles.http.ops.MqttClients.Counts;
import io.mestral.verticles.http.ops.MqttClients.Departure;
import io.mestral.verticles.http.ops.MqttClients.Detail;
import io.mestral.verticles.http.ops.MqttClients.Filter;
import io.mestral.verticles.http.ops.MqttClients.Order;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code /ops/v1/sessions} and {@code /ops/v1/queues}: the broker's clients. */
public final class OpsSessions {
  private final MqttClients clients;

  /** Shows these clients. */
  public OpsSessions(MqttClients clients) {
    this.clients = clients;
  }

  /** All clients, or those with a {@code client_id} that begins so, or of a {@code principal}. */
  public Future<Answer> list(Exchange exchange) {
    return list(exchange, Order.CLIENT_ID);
  }

  /** Those that keep others waiting, slowest first. */
  public Future<Answer> slow(Exchange exchange) {
    return list(exchange, Order.SLOWEST);
  }

  /** Those for which something waits, most first. */
  public Future<Answer> queues(Exchange exchange) {
    return list(exchange, Order.QUEUED);
  }

  /** One client with its subscriptions and last events. */
  public Future<Answer> show(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    return clients
        .find(id)
        .map(
            found -> {
              Detail detail = found.orElseThrow(() -> unknown(id));
              return Answer.ok(json -> json.object(() -> write(json, detail)));
            });
  }

  /** Ends a client's connection, with {@code end=true} its session, too; says what was done. */
  public Future<Answer> end(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    return clients
        .end(id, exchange.params().flag("end").orElse(false))
        .map(
            found -> {
              Departure departure = found.orElseThrow(() -> unknown(id));
              return Answer.ok(json -> json.object(() -> write(json, departure)));
            });
  }

  private static void write(JsonWriter json, Departure departure) {
    json.field("message", "OK")
        .field("disconnected", departure.disconnected())
        .field("session_ended", departure.sessionEnded())
        .field("messages_discarded", departure.discarded());
  }

  private Future<Answer> list(Exchange exchange, Order order) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    Filter filter = new Filter(params.text("client_id").orElse(""), params.text("principal"));
    Pagination pagination = Pagination.of(exchange);
    return clients
        .list(filter, order, pagination.paging())
        .map((Page<Client> page) -> answer(pagination, page));
  }

  private static Answer answer(Pagination pagination, Page<Client> page) {
    return pagination.answer(
        page.total(),
        json -> page.items().forEach(client -> json.object(() -> write(json, client))));
  }

  private static Problem unknown(String id) {
    return Problem.recordNotFound("Session", "id", id);
  }

  private static void write(JsonWriter json, Client client) {
    json.field("id", client.id())
        .field("client_id", client.clientId())
        .field("principal", client.principal())
        .field("connected", client.connection().isPresent());
    client.connection().ifPresent(connection -> write(json, connection));
    write(json, client.counts());
  }

  private static void write(JsonWriter json, Connection connection) {
    json.field("protocol", connection.protocol())
        .field("transport", connection.transport())
        .field("address", connection.address())
        .field("clean_start", connection.cleanStart())
        .field("keep_alive", connection.keepAlive())
        .field("connected_at", connection.since())
        .field("last_packet_at", connection.lastPacket());
  }

  private static void write(JsonWriter json, Counts counts) {
    json.field("inflight", counts.inflight())
        .field("incoming", counts.incoming())
        .field("queued", counts.queued())
        .field("queued_bytes", counts.queuedBytes())
        .field("messages_received", counts.received())
        .field("messages_sent", counts.sent())
        .field("bytes_received", counts.bytesReceived())
        .field("bytes_sent", counts.bytesSent())
        .field("messages_refused", counts.refused())
        .field("messages_dropped", counts.dropped())
        .field("blocked_ms", counts.blocked().toMillis());
  }

  private static void write(JsonWriter json, Detail detail) {
    write(json, detail.client());
    byQos(json, "received_by_qos", detail.receivedByQos());
    byQos(json, "sent_by_qos", detail.sentByQos());
    byReason(json, "refused_by_reason", detail.refused());
    byReason(json, "dropped_by_reason", detail.dropped());
    json.array("subscriptions", () -> detail.subscriptions().forEach(json::element));
    json.array(
        "events",
        () ->
            detail
                .events()
                .forEach(
                    event ->
                        json.object(
                            () ->
                                json.field("at", event.at())
                                    .field("event", event.kind())
                                    .field("text", event.text()))));
  }

  private static void byQos(JsonWriter json, String name, List<Long> counts) {
    json.array(name, () -> counts.forEach(json::element));
  }

  private static void byReason(JsonWriter json, String name, Map<String, Long> counts) {
    json.object(name, () -> counts.forEach(json::field));
  }
}
