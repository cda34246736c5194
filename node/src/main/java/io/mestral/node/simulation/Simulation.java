package io.mestral.node.simulation;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many kits that publish at an interval, spread over it so that they don't all speak at once.
 * Everything happens on one context.
 */
public final class Simulation {
  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);

  private final Vertx vertx;
  private final Context context;
  private final Clock clock;
  private final List<KitConnection> kits;
  private Totals totals = Totals.NONE;
  private boolean stopped;

  /** Prepares kits that will publish to a broker. */
  public Simulation(Vertx vertx, SocketAddress broker, List<SimulatedKit> kits, Clock clock) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.kits = kits.stream().map(kit -> new KitConnection(vertx, broker, kit)).toList();
  }

  /** Lets every kit publish once per interval, until it is stopped. */
  public void start(Duration every) {
    context.runOnContext(
        turn -> {
          for (int i = 0; i < kits.size(); i++) {
            KitConnection kit = kits.get(i);
            long phase = every.toMillis() * i / kits.size();
            vertx.setTimer(1 + phase, first -> run(kit, every));
          }
        });
  }

  private void run(KitConnection kit, Duration every) {
    tick(kit);
    vertx.setPeriodic(every.toMillis(), again -> tick(kit));
  }

  /** Succeeds with what was done so far. */
  public Future<Totals> totals() {
    Promise<Totals> answer = Promise.promise();
    context.runOnContext(turn -> answer.complete(totals));
    return answer.future();
  }

  /** Lets no kit publish again; succeeds with what was done. */
  public Future<Totals> stop() {
    context.runOnContext(turn -> stopped = true);
    return totals();
  }

  private void tick(KitConnection kit) {
    if (stopped || kit.isBusy()) return;
    connected(kit)
        .compose(ready -> kit.publishReadings(clock.instant()))
        .onSuccess(values -> totals = totals.sent(values))
        .onFailure(this::failed);
  }

  /** The first failure is told, since the rest are most often the same; all are counted. */
  private void failed(Throwable failure) {
    if (totals.failures() == 0) LOG.warn("A kit could not publish: {}", failure.toString());
    totals = totals.failed();
  }

  private Future<Void> connected(KitConnection kit) {
    if (kit.isConnected()) return Future.succeededFuture();
    return kit.connect(clock.instant()).onSuccess(ready -> totals = totals.connected().sent(0));
  }
}
