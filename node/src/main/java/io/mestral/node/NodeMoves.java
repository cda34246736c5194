package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.mestral.node.moving.MoveBroken;
import io.mestral.node.moving.MoveProgress;
import io.mestral.node.moving.ReadingsMove;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.cassandra.CannotStart;
import io.mestral.verticles.http.ops.Moves;
import io.mestral.verticles.http.ops.Upkeep.Busy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the node's readings between its own store and a cluster, on a thread of their own. */
final class NodeMoves implements Moves {
  private static final Logger log = LoggerFactory.getLogger(NodeMoves.class);
  private static final String READINGS = "readings";
  private static final String EMBEDDED = "embedded";

  /** A server that is away for longer ends the move, which can be gone on with. */
  private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(5);

  /** What is being read out of the former store may come to its end. */
  private static final Duration BEFORE_CLOSING = Duration.ofSeconds(1);

  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Stores stores;
  private final ReadingsHomes homes;
  private final Leftovers leftovers;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "mestral-move");
            worker.setDaemon(true);
            return worker;
          });
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Whereabouts.Place used;
  private volatile Optional<Errand> last = Optional.empty();
  private volatile boolean stopping;
  private volatile CompletableFuture<Report> running = CompletableFuture.completedFuture(null);

  /**
   * @param used where the readings are now
   */
  NodeMoves(Vertx vertx, Stores stores, Whereabouts.Place used, ReadingsHomes homes, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.homes = homes;
    this.clock = clock;
    this.used = used;
    leftovers = new Leftovers(homes.options().dataDir(), homes.journal());
  }

  @Override
  public Future<Report> move(Wish wish) {
    if (!busy.compareAndSet(false, true))
      return Future.failedFuture(new Busy("a move is under way"));
    Whereabouts.Place to;
    try {
      to = place(wish);
    } catch (Unusable unusable) {
      busy.set(false);
      return Future.failedFuture(unusable);
    }
    stopping = false;
    Errand errand = new Errand(used, to, wish.leaveHours());
    last = Optional.of(errand);
    running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                errand.run();
              } finally {
                busy.set(false);
              }
              return errand.report();
            },
            thread);
    return Future.fromCompletionStage(running, vertx.getOrCreateContext());
  }

  private Whereabouts.Place place(Wish wish) {
    if (!wish.what().equals(READINGS))
      throw new Unusable("what", "is not offered: readings can be moved, and nothing else yet");
    Optional<CassandraOptions> cluster;
    try {
      cluster =
          wish.to().equals(EMBEDDED)
              ? Optional.empty()
              : Optional.of(CassandraOptions.of(wish.to()));
    } catch (IllegalArgumentException e) {
      throw new Unusable("to", "is not " + EMBEDDED + " and " + e.getMessage());
    }
    Whereabouts.Place to = new Whereabouts.Place(cluster);
    if (to.id().equals(used.id())) throw new Unusable("to", "is where the readings are");
    if (to.cluster().isPresent() && used.cluster().isPresent())
      throw new Unusable("to", "is another cluster: move to embedded first, and from there");
    return to;
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public Optional<Report> last() {
    return last.map(Errand::report);
  }

  /** Ends what is under way, and waits a little for that. */
  Future<Void> close() {
    stopping = true;
    thread.shutdown();
    return Future.fromCompletionStage(
        running
            .handle((report, failure) -> (Void) null)
            .completeOnTimeout(null, PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS),
        vertx.getOrCreateContext());
  }

  private static <T> T joined(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** One attempt, from its beginning on. */
  private final class Errand {
    private final MoveProgress progress = new MoveProgress();
    private final Instant began = clock.instant();
    private final long beganAt = System.nanoTime();
    private final Whereabouts.Place from;
    private final Whereabouts.Place to;
    private final boolean leaveHours;
    private volatile Optional<Function<Errand, Report>> end = Optional.empty();

    Errand(Whereabouts.Place from, Whereabouts.Place to, boolean leaveHours) {
      this.from = from;
      this.to = to;
      this.leaveHours = leaveHours;
    }

    void run() {
      try {
        MovableReadings former = stores.readings().store();
        MovableReadings target = homes.open(to);
        if (!isMoved(target)) return;
        used = to;
        log.info("the readings are in {} now, {} of them", to.text(), progress.there().count());
        LockSupport.parkNanos(BEFORE_CLOSING.toNanos());
        letGo(former, from);
        if (from.cluster().isEmpty()) leftovers.setAside();
        end(State.DONE, Optional.empty());
      } catch (CannotStart unusable) {
        end(State.FAILED, Optional.of(unusable.getMessage()));
      } catch (RuntimeException failure) {
        log.error("the move to {} ended", to.text(), failure);
        end(State.FAILED, Optional.of(String.valueOf(failure.getMessage())));
      }
    }

    /** Whether the target is the store that is used now; if not it is closed. */
    private boolean isMoved(MovableReadings target) {
      try {
        takePossession(target);
        new ReadingsMove(
                stores.readings(),
                target,
                new ReadingsMove.Wish(LONGEST_ABSENCE, leaveHours),
                progress,
                () -> stopping,
                this::commit)
            .run();
        return true;
      } catch (MoveBroken broken) {
        log.warn("the move to {} is not complete: {}", to.text(), broken.getMessage());
        letGo(target, to);
        end(broken.wasAsked() ? State.STOPPED : State.FAILED, Optional.of(broken.getMessage()));
        return false;
      } catch (RuntimeException failure) {
        if (stores.readings().store() != target) letGo(target, to);
        throw failure;
      }
    }

    /** What is there already must be what an earlier attempt brought. */
    private void takePossession(MovableReadings target) {
      if (stores.whereabouts().isUnfinishedAt(to)) return;
      int devices = joined(target.devices()).size();
      if (devices > 0)
        throw MoveBroken.because(
            to.text() + " is not empty: it has readings of " + devices + " devices");
      try {
        stores.whereabouts().begin(Whereabouts.Move.of(from, to, clock.instant()));
      } catch (IOException failure) {
        throw MoveBroken.because("the move can't be written down: " + failure.getMessage());
      }
    }

    /** If it can't be told whether it is written, it must be told that it isn't. */
    private void commit() throws IOException {
      Whereabouts.Move move = Whereabouts.Move.of(from, to, clock.instant());
      Optional<Whereabouts.Move> before = stores.whereabouts().moved();
      try {
        stores.whereabouts().end(move);
      } catch (IOException failure) {
        stores.whereabouts().withdraw(before, move);
        throw failure;
      }
    }

    private void letGo(MovableReadings closed, Whereabouts.Place place) {
      try {
        homes.close(closed, place);
        leftovers.letGoOf(place);
      } catch (RuntimeException failure) {
        log.warn("what {} leaves in the journal goes with the next start", place.text(), failure);
      }
    }

    private void end(State state, Optional<String> failure) {
      Duration took = took();
      end = Optional.of(errand -> errand.report(state, took, failure));
    }

    Report report() {
      return end.map(known -> known.apply(this))
          .orElseGet(() -> report(State.RUNNING, took(), Optional.empty()));
    }

    private Report report(State state, Duration took, Optional<String> failure) {
      return new Report(
          state,
          progress.phase().name().toLowerCase(Locale.ROOT),
          from.text(),
          to.text(),
          began,
          took,
          new Extent(
              progress.devices(),
              progress.devicesInAll(),
              progress.days(),
              progress.there(),
              progress.copied(),
              progress.removed(),
              progress.hoursLeft()),
          state == State.RUNNING ? progress.waitingFor() : Optional.empty(),
          failure);
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - beganAt);
    }
  }
}
