package io.mestral.storage.cassandra;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is looked after each second while a store is open. Used on one context. */
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final long EACH_SECOND = 1000;

  private final CassandraSession session;
  private final ChangeFeed feed;
  private final Forwarder forwarder;
  private final DirtyHours dirty;
  private final Summing summing;
  private final Retirement retirement;
  private final LateDays late;
  private final CassandraMeters meters;
  private final Clock clock;
  private long timer;

  Upkeep(
      CassandraSession session,
      ChangeFeed feed,
      Forwarder forwarder,
      DirtyHours dirty,
      Summing summing,
      Retirement retirement,
      LateDays late,
      CassandraMeters meters,
      Clock clock) {
    this.session = session;
    this.feed = feed;
    this.forwarder = forwarder;
    this.dirty = dirty;
    this.summing = summing;
    this.retirement = retirement;
    this.late = late;
    this.meters = meters;
    this.clock = clock;
  }

  void begin(Vertx vertx) {
    timer = vertx.setPeriodic(EACH_SECOND, tick -> lookAround());
  }

  void end(Vertx vertx) {
    vertx.cancelTimer(timer);
  }

  /** Does what it is time for; what fails is done the next time. */
  Future<Void> lookAround() {
    session.lookAround();
    Future<Void> renewed =
        dirty
            .renew(clock.millis())
            .onFailure(failure -> log.debug("marks stay where they are in the journal", failure));
    Future<Void> heard =
        feed.hear()
            .onFailure(failure -> log.debug("changes of other nodes are heard later", failure));
    if (forwarder.isFailing()) return Future.join(renewed, heard).mapEmpty();
    Future<Void> summed =
        summing
            .due()
            .onFailure(
                failure -> {
                  meters.failed();
                  log.debug("summaries are made later", failure);
                });
    Future<Void> old =
        retirement
            .due(clock.millis())
            .compose(done -> late.due(clock.millis()))
            .onFailure(failure -> log.debug("late days are closed later", failure));
    return Future.join(renewed, heard, summed, old).mapEmpty();
  }
}
