package io.mestral.node;

import io.mestral.node.moving.MoveBroken;
import io.mestral.node.moving.MoveProgress;
import io.mestral.verticles.http.ops.Moves;
import io.mestral.verticles.http.ops.Upkeep.Busy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves what the node keeps between its own stores and servers, on a thread for that. */
final class NodeMoves implements Moves {
  private static final Logger log = LoggerFactory.getLogger(NodeMoves.class);
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Map<String, Cargo> cargoes;
  private final Whereabouts whereabouts;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "mestral-move");
            worker.setDaemon(true);
            return worker;
          });
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Optional<Supplier<Report>> last = Optional.empty();
  private volatile boolean stopping;
  private volatile CompletableFuture<Report> running = CompletableFuture.completedFuture(null);

  /**
   * @param cargoes what can be moved, by the name people give it
   */
  NodeMoves(Vertx vertx, Map<String, Cargo> cargoes, Whereabouts whereabouts, Clock clock) {
    this.vertx = vertx;
    this.cargoes = Map.copyOf(cargoes);
    this.whereabouts = whereabouts;
    this.clock = clock;
  }

  @Override
  public Future<Report> move(Wish wish) {
    if (!busy.compareAndSet(false, true))
      return Future.failedFuture(new Busy("a move is under way"));
    Errand errand;
    try {
      errand = errand(wish);
    } catch (Unusable unusable) {
      busy.set(false);
      return Future.failedFuture(unusable);
    }
    stopping = false;
    last = Optional.of(errand::report);
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

  private Errand errand(Wish wish) {
    Cargo cargo = cargoes.get(wish.what());
    if (cargo == null)
      throw new Unusable(
          "what", "can't be moved: there are " + String.join(", ", cargoes.keySet()));
    Cargo.Destination to;
    try {
      to = cargo.destination(wish.to());
    } catch (IllegalArgumentException e) {
      throw new Unusable("to", "is not embedded and " + e.getMessage());
    }
    Whereabouts.Place from = cargo.used();
    if (to.place().id().equals(from.id()))
      throw new Unusable("to", "is where the " + wish.what() + " are");
    if (!to.place().isEmbedded() && !from.isEmbedded())
      throw new Unusable("to", "is another server: move to embedded first, and from there");
    return new Errand(from, to, wish.leaveHours());
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public Optional<Report> last() {
    return last.map(Supplier::get);
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

  /** How one ended, after so long. */
  private record End(State state, Duration took, Optional<String> failure) {}

  /** One attempt, from its beginning on. */
  private final class Errand implements Cargo.Attempt {
    private final MoveProgress progress = new MoveProgress();
    private final Instant began = clock.instant();
    private final long beganAt = System.nanoTime();
    private final Whereabouts.Place from;
    private final Cargo.Destination to;
    private final boolean leaveHours;
    private final String id;
    private volatile Optional<End> end = Optional.empty();
    private boolean committed;

    Errand(Whereabouts.Place from, Cargo.Destination to, boolean leaveHours) {
      this.from = from;
      this.to = to;
      this.leaveHours = leaveHours;
      this.id =
          whereabouts
              .unfinishedAt(to.place())
              .map(Whereabouts.Move::id)
              .filter(known -> !known.isEmpty())
              .orElseGet(() -> UUID.randomUUID().toString());
    }

    void run() {
      String name = to.place().text();
      try {
        to.bring(this);
      } catch (Throwable failure) { // nobody else would tell whoever asks how it ended
        if (!committed) {
          broken(failure);
          return;
        }
        log.error(
            "the move to {} is complete; what was used before is not tidied up", name, failure);
      }
      log.info("the {} are in {} now", from.what(), name);
      end(State.DONE, Optional.empty());
    }

    private void broken(Throwable failure) {
      String name = to.place().text();
      if (failure instanceof MoveBroken broken) {
        log.warn("the move to {} is not complete: {}", name, broken.getMessage());
        end(broken.wasAsked() ? State.STOPPED : State.FAILED, Optional.of(broken.getMessage()));
      } else {
        log.error("the move to {} ended", name, failure);
        end(State.FAILED, Optional.of(failure.toString()));
      }
    }

    @Override
    public MoveProgress progress() {
      return progress;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public boolean leavesHours() {
      return leaveHours;
    }

    @Override
    public boolean isStopped() {
      return stopping;
    }

    /** What is there already must be what an earlier attempt brought. */
    @Override
    public void claim(Optional<String> content, boolean served) {
      if (!served && whereabouts.unfinishedAt(to.place()).filter(this::isThis).isPresent()) return;
      if (content.isPresent())
        throw MoveBroken.because(to.place().text() + " is not empty: it has " + content.get());
      try {
        whereabouts.begin(from.what(), move());
      } catch (IOException failure) {
        throw MoveBroken.because("the move can't be written down: " + failure.getMessage());
      }
    }

    private boolean isThis(Whereabouts.Move move) {
      return move.id().equals(id);
    }

    /** If it can't be told whether it is written, it must be told that it isn't. */
    @Override
    public void commit() throws IOException {
      Whereabouts.Move move = move();
      Optional<Whereabouts.Move> before = whereabouts.moved(from.what());
      try {
        whereabouts.end(from.what(), move);
        committed = true;
      } catch (IOException failure) {
        whereabouts.withdraw(from.what(), before, move);
        throw failure;
      }
    }

    private Whereabouts.Move move() {
      return Whereabouts.Move.of(from, to.place(), clock.instant(), id);
    }

    private void end(State state, Optional<String> failure) {
      end = Optional.of(new End(state, took(), failure));
    }

    Report report() {
      End now = end.orElseGet(() -> new End(State.RUNNING, took(), Optional.empty()));
      return new Report(
          new Course(
              now.state(),
              progress.phase().name().toLowerCase(Locale.ROOT),
              began,
              now.took(),
              now.state() == State.RUNNING ? progress.waitingFor() : Optional.empty(),
              now.failure()),
          from.what(),
          from.text(),
          to.place().text(),
          new Extent(
              progress.devices(),
              progress.devicesInAll(),
              progress.days(),
              progress.there(),
              progress.copied(),
              progress.removed(),
              progress.hoursLeft()),
          progress.tables());
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - beganAt);
    }
  }
}
