package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Settled;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may fill a keyspace. */
class KeyspaceClaimTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private final List<CassandraReadingStore> stores = new ArrayList<>();

  @AfterEach
  void close() {
    stores.forEach(store -> Settled.value(store.close()));
  }

  @Test
  void ofTwoThatTakeItAtOnceOneHasIt() {
    KeyspaceClaim one = open("one").claim();
    KeyspaceClaim other = open("other").claim();
    for (int round = 0; round < 10; round++) {
      Future<String> first = one.take("one", NOW);
      Future<String> second = other.take("other", NOW);
      String holder = Settled.value(first);
      assertThat(holder).isIn("one", "other").isEqualTo(Settled.value(second));
      assertThat(Settled.value(one.holder())).hasValue(holder);
      assertThat(Settled.value(one.take(holder, NOW))).isEqualTo(holder);
      Settled.value(one.release(holder.equals("one") ? "other" : "one"));
      assertThat(Settled.value(other.holder())).hasValue(holder);
      Settled.value(other.release(holder));
      assertThat(Settled.value(one.holder())).isEmpty();
    }
  }

  @Test
  void nobodyElseOpensWhatAMoveFills() {
    CassandraReadingStore filled = open("one");
    assertThat(Settled.value(filled.claim().take("one", NOW))).isEqualTo("one");
    for (Optional<String> ours : List.of(Optional.<String>empty(), Optional.of("other")))
      assertThat(Settled.failure(opened(ours)))
          .isInstanceOf(CannotStart.class)
          .hasMessage(
              "the keyspace small is being filled by the move of another node or folder, which was"
                  + " begun at 2026-11-22T20:00:00Z and isn't complete: name another one, or drop"
                  + " this one (DROP KEYSPACE small) if nobody goes on with that move");
    open("one");
    Settled.value(filled.claim().release("one"));
    stores.add(Settled.value(opened(Optional.empty())));
  }

  private CassandraReadingStore open(String move) {
    CassandraReadingStore store = Settled.value(opened(Optional.of(move)));
    stores.add(store);
    return store;
  }

  private static Future<CassandraReadingStore> opened(Optional<String> move) {
    return CassandraReadingStore.open(
        keyspace.ground(new MemoryJournal(1 << 20), 10_000), keyspace.options(), move);
  }
}
