package io.mestral.verticles.http;

import io.mestral.model.reading.Digest;
import io.mestral.verticles.http.ops.Moves;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Moves that are done when a test says so. */
final class InMemoryMoves implements Moves {
  volatile Optional<Wish> wish = Optional.empty();
  volatile Optional<Throwable> refusal = Optional.empty();
  volatile State outcome = State.DONE;
  volatile boolean stopped;

  @Override
  public Future<Report> move(Wish wanted) {
    if (refusal.isPresent()) return Future.failedFuture(refusal.get());
    wish = Optional.of(wanted);
    return outcome == State.RUNNING
        ? Promise.<Report>promise().future()
        : Future.succeededFuture(last().orElseThrow());
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public Optional<Report> last() {
    return wish.map(
        wanted ->
            new Report(
                new Course(
                    outcome,
                    "copying",
                    TestNode.NOW,
                    Duration.ofMillis(1500),
                    outcome == State.RUNNING
                        ? Optional.of("the cluster is away")
                        : Optional.empty(),
                    outcome == State.FAILED ? Optional.of("broken") : Optional.empty()),
                wanted.what(),
                "embedded",
                "cassandra://10.0.0.1:9042/mestral",
                new Extent(3, 5, 70, new Digest(77, 255), 70, 2, 0),
                Map.of("users", new Digest(77, 255))));
  }
}
