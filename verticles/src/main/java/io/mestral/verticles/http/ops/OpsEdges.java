package io.mestral.verticles.http.ops;

import io.mestral.model.UserId;
import io.mestral.model.platform.Gateway;
import io.mestral.storage.GatewayRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.uplink.UplinkDesk;
import io.mestral.verticles.uplink.UplinkDesk.Standing;
import io.mestral.verticles.uplink.receiving.EdgeViews;
import io.mestral.verticles.uplink.receiving.EdgeViews.View;
import io.mestral.verticles.uplink.state.EdgeProgress;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /ops/v1/edges}: how far the edges below this node are, for administrators and for whoever
 * answers for one; {@code /ops/v1/uplink}: how far this node itself is with the one above.
 */
public final class OpsEdges {
  private static final int MOST = 10_000;

  /** An edge says how far it is once a minute at least. */
  private static final Duration FRESH = Duration.ofSeconds(75);

  private final GatewayRegistry gateways;
  private final EdgeViews views;
  private final Optional<UplinkDesk> uplink;
  private final Clock clock;

  /**
   * @param uplink of this node; empty when it is no edge
   */
  public OpsEdges(
      GatewayRegistry gateways, EdgeViews views, Optional<UplinkDesk> uplink, Clock clock) {
    this.gateways = gateways;
    this.views = views;
    this.uplink = uplink;
    this.clock = clock;
  }

  /** Those that were heard since the node was started. */
  public Future<Answer> list(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    UserId caller = viewer.signedIn().id();
    Future<List<Gateway>> known =
        viewer.isAdmin() ? gateways.page(0, MOST) : gateways.ownedBy(caller);
    return known.map(
        all -> {
          List<Gateway> edges = new ArrayList<>(all);
          edges.removeIf(one -> views.of(one.name()).isEmpty());
          return Answer.ok(
              json -> json.array(() -> edges.forEach(one -> json.object(() -> write(json, one)))));
        });
  }

  /** Has an edge bring nothing until it is told otherwise or started anew. */
  public Future<Answer> pause(Exchange exchange) {
    return pause(exchange, true);
  }

  /** Has an edge go on. */
  public Future<Answer> resume(Exchange exchange) {
    return pause(exchange, false);
  }

  private Future<Answer> pause(Exchange exchange, boolean isPaused) {
    Viewer viewer = exchange.viewer();
    viewer.signedIn();
    String name = exchange.path("name");
    return gateways
        .find(name)
        .map(
            found ->
                found
                    .filter(one -> viewer.mayManage(one.owner()))
                    .orElseThrow(() -> Problem.recordNotFound("Edge", "name", name)))
        .compose(
            edge -> {
              exchange.deed().about("edge " + edge.name(), edge.owner());
              return views.pause(edge.name(), isPaused);
            })
        .map(
            heard -> {
              if (!heard) throw Problem.recordNotFound("Connected edge", "name", name);
              return Answer.done();
            });
  }

  /** How far this node is with what it brings to the one above. */
  public Future<Answer> showUplink(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return desk().standing().map(this::shown);
  }

  /** Has this node bring nothing until it is told otherwise or started anew. */
  public Future<Answer> pauseUplink(Exchange exchange) {
    return pauseUplink(exchange, true);
  }

  /** Has this node go on. */
  public Future<Answer> resumeUplink(Exchange exchange) {
    return pauseUplink(exchange, false);
  }

  private Future<Answer> pauseUplink(Exchange exchange, boolean isPaused) {
    Viewer viewer = Administrators.only(exchange.viewer());
    exchange.deed().about("uplink", viewer.signedIn().id());
    return desk().pause(isPaused).map(this::shown);
  }

  private UplinkDesk desk() {
    return uplink.orElseThrow(() -> Problem.recordNotFound("Uplink", "node.profile", "edge"));
  }

  private Answer shown(Standing standing) {
    return Answer.ok(
        json ->
            json.object(
                () -> {
                  json.field("connected", standing.isConnected());
                  write(json, standing.progress(), standing.progress().at());
                }));
  }

  private void write(JsonWriter json, Gateway edge) {
    View view = views.of(edge.name()).orElseThrow();
    Instant now = clock.instant();
    json.field("name", edge.name())
        .field("owner_id", edge.owner().value())
        .field("connected", view.heardAt().filter(at -> now.isBefore(at.plus(FRESH))).isPresent())
        .field("received_readings", view.receivedReadings())
        .field("received_bytes", view.receivedBytes())
        .field("refused_batches", view.refusedBatches());
    view.heardAt().ifPresent(at -> json.field("heard_at", at));
    view.progress().ifPresent(said -> write(json, said, view.heardAt().orElse(now)));
  }

  /**
   * @param saidAt by this node's clock
   */
  private void write(JsonWriter json, EdgeProgress said, Instant saidAt) {
    Duration since = Duration.between(saidAt, clock.instant());
    Duration silent = since.compareTo(FRESH) > 0 ? since : Duration.ZERO;
    Duration behind =
        said.unsentFrom().map(from -> Duration.between(from, said.at())).orElse(Duration.ZERO);
    json.field("complete_to", said.completeTo())
        .field("lag_seconds", behind.plus(silent).toSeconds())
        .field("hours_unsent", said.hoursUnsent())
        .field("sent_readings", said.tally().sentReadings())
        .field("repaired_hours", said.tally().repairedHours())
        .field("differing_hours", said.tally().differingHours())
        .field("refused_hours", said.tally().refusedHours())
        .field("paused", said.isPaused());
    said.unsentFrom().ifPresent(from -> json.field("unsent_from", from));
  }
}
