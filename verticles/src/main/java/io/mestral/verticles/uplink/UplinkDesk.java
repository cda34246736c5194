package io.mestral.verticles.uplink;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.verticles.uplink.UplinkConnection.Waiting;
import io.mestral.verticles.uplink.state.EdgeProgress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how far an edge is, here and to the node above, and has it pause; both may ask for that. A
 * pause ends with the node, at the latest.
 */
public final class UplinkDesk {
  private static final Logger log = LoggerFactory.getLogger(UplinkDesk.class);
  private static final long LOOK_MILLIS = 5_000;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final ReadingUplink readings;
  private volatile Optional<EdgeLink> link = Optional.empty();
  private Optional<EdgeProgress> told = Optional.empty(); // last

  /** Of that uplink. */
  public UplinkDesk(Vertx vertx, ReadingUplink readings) {
    this.vertx = vertx;
    this.readings = readings;
  }

  /**
   * How far it is.
   *
   * @param isConnected whether there is a link
   */
  public record Standing(boolean isConnected, EdgeProgress progress) {}

  void open(EdgeLink to) {
    link = Optional.of(to);
    vertx.setPeriodic(LOOK_MILLIS, timer -> tellIfNew());
  }

  void connected() {
    tell();
  }

  /** A link that costs is not used to say the same again and again. */
  private void tellIfNew() {
    EdgeProgress now = readings.progress();
    boolean isDue =
        told.filter(last -> now.at().isBefore(last.at().plus(LONGEST_SILENCE))).isEmpty();
    if (isDue || told.filter(now::isLike).isEmpty()) tell();
  }

  private void tell() {
    EdgeLink to = link.orElseThrow();
    if (!to.connection().isConnected()) return;
    String topic = new EdgeTopic(to.edge(), Direction.UP, EdgeTopic.PROGRESS).text();
    EdgeProgress now = readings.progress();
    told = Optional.of(now);
    to.connection().publish(new Waiting(topic, now.written(), false));
  }

  /** Takes what the node above wants. */
  void take(Buffer body) {
    try {
      JsonObject said = new JsonObject(body);
      if (said.getValue("is_paused") instanceof Boolean wanted) pause(wanted, "the node above");
    } catch (DecodeException | ClassCastException broken) {
      log.error("the node above wants what can't be read: {}", broken.getMessage());
    }
  }

  /** Has nothing be brought from now on, or everything again. Any thread may call it. */
  public Future<Standing> pause(boolean isPaused) {
    return here(() -> pause(isPaused, "an administrator"));
  }

  private void pause(boolean isPaused, String by) {
    log.info("the uplink {} as {} wants it", isPaused ? "pauses" : "goes on", by);
    readings.pause(isPaused);
    tell();
  }

  /**
   * How far it is now; fails with {@code UNAVAILABLE} as long as the node is being started. Any
   * thread may ask.
   */
  public Future<Standing> standing() {
    return here(() -> {});
  }

  private Future<Standing> here(Runnable first) {
    if (link.isEmpty())
      return Future.failedFuture(
          new RefusedException(Refusal.UNAVAILABLE, "the uplink is being started"));
    Promise<Standing> said = Promise.promise();
    EdgeLink to = link.get();
    to.home()
        .runOnContext(
            turn -> {
              first.run();
              said.complete(new Standing(to.connection().isConnected(), readings.progress()));
            });
    return said.future();
  }
}
