package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.mestral.config.Retention;
import io.mestral.node.moving.MoveBroken;
import io.mestral.node.moving.ReadingsInUse;
import io.mestral.node.moving.ReadingsMove;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.cassandra.CannotStart;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readings: in the node, or in a cluster. */
final class ReadingsCargo implements Cargo {
  private static final Logger log = LoggerFactory.getLogger(ReadingsCargo.class);

  /** A server that is away for longer ends the move, which can be gone on with. */
  private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(5);

  /** What is being read out of the former store may come to its end. */
  private static final Duration BEFORE_CLOSING = Duration.ofSeconds(1);

  private final ReadingsInUse inUse;
  private final ReadingsHomes homes;
  private final Leftovers leftovers;
  private volatile Optional<CassandraOptions> used;

  /**
   * @param used where they are; empty: in the node
   */
  ReadingsCargo(
      ReadingsInUse inUse,
      ReadingsHomes homes,
      Leftovers leftovers,
      Optional<CassandraOptions> used) {
    this.inUse = inUse;
    this.homes = homes;
    this.leftovers = leftovers;
    this.used = used;
  }

  @Override
  public Whereabouts.Place used() {
    return Whereabouts.Place.ofReadings(used);
  }

  @Override
  public Destination destination(String text) {
    return new There(
        text.equals(Whereabouts.EMBEDDED)
            ? Optional.empty()
            : Optional.of(CassandraOptions.of(text)));
  }

  private final class There implements Destination {
    private final Optional<CassandraOptions> cluster;

    There(Optional<CassandraOptions> cluster) {
      this.cluster = cluster;
    }

    @Override
    public Whereabouts.Place place() {
      return Whereabouts.Place.ofReadings(cluster);
    }

    @Override
    public void bring(Attempt attempt) {
      MovableReadings former = inUse.store();
      MovableReadings target = opened(attempt.id());
      boolean ours = false;
      try {
        claim(target, attempt);
        ours = true;
        new ReadingsMove(
                inUse,
                target,
                wish(attempt),
                attempt.progress(),
                attempt::isStopped,
                attempt::commit)
            .run();
      } finally {
        if (inUse.store() != target) close(target, cluster, ours);
      }
      KeyspaceTenancy.leave(target, attempt.id());
      Optional<CassandraOptions> before = used;
      used = cluster;
      LockSupport.parkNanos(BEFORE_CLOSING.toNanos());
      close(former, before, true);
      if (before.isEmpty()) leftovers.setReadingsAside();
    }

    private void claim(MovableReadings target, Attempt attempt) {
      Optional<String> content = content(target);
      attempt.claim(content, false);
      KeyspaceTenancy.enter(target, attempt.id(), place().text(), content, homes.clock().instant());
    }

    private ReadingsMove.Wish wish(Attempt attempt) {
      Retention retention = homes.options().retention();
      return new ReadingsMove.Wish(
          LONGEST_ABSENCE,
          attempt.leavesHours(),
          firstDay(retention.rollup()),
          firstDay(retention.raw()));
    }

    /** Of the day that passes its age now each store has another part. */
    private long firstDay(Optional<Duration> kept) {
      return kept.map(
              age -> homes.clock().instant().minus(age).atOffset(ZoneOffset.UTC).toLocalDate())
          .map(day -> day.toEpochDay() + 1)
          .orElse(ReadingsMove.Wish.EVER);
    }

    private MovableReadings opened(String id) {
      try {
        return homes.open(cluster, Optional.of(id));
      } catch (CannotStart unusable) {
        throw MoveBroken.because(unusable.getMessage());
      }
    }

    private Optional<String> content(MovableReadings target) {
      int devices = target.devices().toCompletionStage().toCompletableFuture().join().size();
      return devices == 0 ? Optional.empty() : Optional.of("readings of " + devices + " devices");
    }

    /**
     * @param needless whether nobody counts on what the journal has for it
     */
    private void close(MovableReadings closed, Optional<CassandraOptions> its, boolean needless) {
      try {
        homes.close(closed, its);
        if (needless) leftovers.letGoOfReadings(its.isEmpty());
      } catch (RuntimeException failure) {
        log.warn("what a store leaves in the journal goes with the next start", failure);
      }
    }
  }
}
