package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.CassandraOptions;
import io.mestral.storage.Settled;
import io.mestral.verticles.http.ops.Moves;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How attempts end, whatever is moved. */
class NodeMovesTest {
  private static final String CLUSTER = "cassandra://10.0.0.1/sense?dc=dc1";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void whatAnEarlierAttemptBroughtIsGoneOnWithUnlessANodeHasUsedIt() {
    assertThat(end(attempt -> attempt.claim(Optional.empty(), false)).state())
        .isEqualTo(Moves.State.DONE);
    assertThat(end(attempt -> attempt.claim(Optional.of("some"), false)).state())
        .isEqualTo(Moves.State.DONE);
    assertThat(end(attempt -> attempt.claim(Optional.of("some"), true)).failure())
        .hasValue("cassandra://10.0.0.1:9042/sense is not empty: it has some");
  }

  @Test
  void whateverIsThrownEndsAnAttempt() {
    Moves.Course course =
        end(
            attempt -> {
              throw new StackOverflowError("deep");
            });
    assertThat(course.state()).isEqualTo(Moves.State.FAILED);
    assertThat(course.failure()).hasValue("java.lang.StackOverflowError: deep");
  }

  @Test
  void whatFailsBehindTheEndDoesNotTakeItBack() {
    Moves.Course course =
        end(
            attempt -> {
              commit(attempt);
              throw new IllegalStateException("a meter is there twice");
            });
    assertThat(course.state()).isEqualTo(Moves.State.DONE);
    assertThat(course.failure()).isEmpty();
    assertThat(Whereabouts.in(folder).moved("readings")).isPresent();
  }

  private static void commit(Cargo.Attempt attempt) {
    try {
      attempt.commit();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Moves.Course end(Consumer<Cargo.Attempt> bringing) {
    NodeMoves moves =
        new NodeMoves(
            vertx,
            Map.of("readings", new Played(bringing)),
            Whereabouts.in(folder),
            Clock.systemUTC());
    Moves.Course course =
        Settled.value(moves.move(new Moves.Wish("readings", CLUSTER, false))).course();
    Settled.value(moves.close());
    return course;
  }

  /** Something that is here, and can be brought to a cluster. */
  private record Played(Consumer<Cargo.Attempt> bringing) implements Cargo {
    @Override
    public Whereabouts.Place used() {
      return Whereabouts.Place.ofReadings(Optional.empty());
    }

    @Override
    public Destination destination(String text) {
      return new Destination() {
        @Override
        public Whereabouts.Place place() {
          return Whereabouts.Place.ofReadings(Optional.of(CassandraOptions.of(text)));
        }

        @Override
        public void bring(Attempt attempt) {
          bringing.accept(attempt);
        }
      };
    }
  }
}
