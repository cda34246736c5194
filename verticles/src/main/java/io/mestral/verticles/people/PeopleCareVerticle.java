package io.mestral.verticles.people;

import io.mestral.model.SensorId;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Departures;
import io.mestral.storage.Departures.Leaving;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys devices a day after they were archived and people three days after (spec 3.2), with the
 * readings where that is wanted; else the readings stay, by the number of a device of which nothing
 * else is known. Also forgets codes that ended and what people did long ago.
 *
 * <p>Each step can be done again: readings go before the device they belong to.
 */
public final class PeopleCareVerticle extends VerticleBase {
  /** Between the end of one round and the next. */
  public static final Duration PAUSE = Duration.ofHours(1);

  static final Duration DEVICES_STAY = Duration.ofHours(24);
  static final Duration PEOPLE_STAY = Duration.ofHours(72);

  private static final Logger LOG = LoggerFactory.getLogger(PeopleCareVerticle.class);
  private static final int PAGE = 100;

  /** Everything that can have been taken in. */
  private static final TimeRange ALWAYS =
      new TimeRange(
          Instant.parse("2000-01-01T00:00:00Z").getEpochSecond(),
          Instant.parse("2100-01-01T00:00:00Z").getEpochSecond());

  private final Metadata metadata;
  private final Departures departures;
  private final ReadingStore readings;
  private final Optional<Duration> auditMaxAge;
  private final Clock clock;
  private final Duration pause;
  private Future<Void> working = Future.succeededFuture();
  private boolean stopping;

  /**
   * How long things stay.
   *
   * @param auditMaxAge how long it is known what people did
   * @param pause between two rounds, {@link #PAUSE} but for tests
   */
  public record Terms(Optional<Duration> auditMaxAge, Duration pause) {}

  /** Cares for what is in those stores. */
  public PeopleCareVerticle(Metadata metadata, ReadingStore readings, Terms terms, Clock clock) {
    this.metadata = metadata;
    this.departures = metadata.departures();
    this.readings = readings;
    this.auditMaxAge = terms.auditMaxAge();
    this.clock = clock;
    this.pause = terms.pause();
  }

  @Override
  public Future<?> start() {
    vertx.setTimer(pause.toMillis(), timer -> round());
    return Future.succeededFuture();
  }

  /** What is begun is finished: the stores are there still. */
  @Override
  public Future<?> stop() {
    stopping = true;
    return working.timeout(5, TimeUnit.SECONDS).otherwiseEmpty();
  }

  private void round() {
    if (stopping) return;
    working =
        care()
            .onFailure(failure -> LOG.warn("people's care goes on later: {}", failure.toString()))
            .onComplete(done -> vertx.setTimer(pause.toMillis(), timer -> round()));
  }

  private Future<Void> care() {
    Instant now = clock.instant();
    return Steps.until(() -> devices(now))
        .compose(done -> Steps.until(() -> people(now)))
        .compose(done -> metadata.passwordResets().forget(now))
        .compose(
            done ->
                auditMaxAge.isPresent()
                    ? metadata.auditLog().forget(now.minus(auditMaxAge.get())).<Void>mapEmpty()
                    : Future.succeededFuture());
  }

  /** Succeeds with whether that were all. */
  private Future<Boolean> devices(Instant now) {
    return departures
        .devicesDue(now.minus(DEVICES_STAY), PAGE)
        .compose(due -> Steps.forEach(due, this::destroy).map(done -> isAll(due)));
  }

  private Future<Boolean> people(Instant now) {
    return departures
        .usersDue(now.minus(PEOPLE_STAY), PAGE)
        .compose(due -> Steps.forEach(due, departures::destroy).map(done -> isAll(due)));
  }

  private boolean isAll(List<?> due) {
    return stopping || due.size() < PAGE;
  }

  private Future<?> destroy(Leaving leaving) {
    Future<?> erased = leaving.withReadings() ? eraseReadings(leaving) : Future.succeededFuture();
    return erased.compose(done -> departures.destroy(leaving.device()));
  }

  /** Of every sensor that it was known to have, or has readings of. */
  private Future<Void> eraseReadings(Leaving leaving) {
    return departures
        .sensors(leaving.device())
        .compose(
            known ->
                readings
                    .latest(List.of(leaving.device()))
                    .compose(
                        latest -> {
                          Set<SensorId> sensors = new LinkedHashSet<>(known);
                          sensors.addAll(latest.get(leaving.device()).keySet());
                          return Steps.forEach(
                              sensors,
                              sensor ->
                                  readings.delete(new Series(leaving.device(), sensor), ALWAYS));
                        }));
  }
}
