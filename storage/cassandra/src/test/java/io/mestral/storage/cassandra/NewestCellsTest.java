package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Settled;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cells in memory, and those in the cluster that another node writes. */
class NewestCellsTest {
  private static final List<Long> KIT = List.of(20L);

  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private Home home;
  private CassandraSession session;
  private NewestCells cells;

  @BeforeEach
  void open() {
    home = new Home(keyspace.vertx(), keyspace.vertx().getOrCreateContext());
    Schema schema = new Schema(keyspace.vertx(), keyspace.options(), Schema.STEPS);
    session = call(() -> CassandraSession.open(keyspace.vertx(), keyspace.options(), schema));
    cells = new NewestCells(session, 64 << 20);
    write(1);
  }

  @AfterEach
  void close() {
    Settled.value(home.close(session::close));
  }

  @Test
  void anAnswerThatWasOnItsWayWhenTheCellChangedIsNotKept() {
    call(
        () -> {
          Future<Map<Long, ByteBuffer>> asked = cells.of(KIT);
          cells.changedElsewhere(KIT);
          return asked;
        });
    write(2);
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void whatIsAskedForIsReadAgainWhenItChanges() {
    assertThat(read()).isEqualTo(1);
    write(2);
    assertThat(read()).as("in memory").isEqualTo(1);
    call(() -> cells.changedElsewhere(KIT));
    write(3);
    assertThat(read()).as("in memory again").isEqualTo(2);
  }

  @Test
  void whatNobodyAsksForAnyMoreIsLetGoOfWhenItChanges() {
    assertThat(read()).isEqualTo(1);
    for (int round = 0; round < 60; round++) call(() -> cells.changedElsewhere(List.of()));
    call(() -> cells.changedElsewhere(KIT));
    write(2);
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void whoeverChangesACellReadsItFirstUnlessItWasTheLastThatDid() {
    assertThat(read()).isEqualTo(1);
    write(2);
    assertThat(readToChange()).isEqualTo(2);
    write(3);
    assertThat(readToChange()).as("its own").isEqualTo(2);
    call(() -> cells.changedElsewhere(KIT));
    assertThat(readToChange()).isEqualTo(3);
    write(4);
    call(
        () -> {
          cells.uninformed();
          return Future.succeededFuture();
        });
    assertThat(readToChange()).as("it can't know").isEqualTo(4);
  }

  private void write(int value) {
    keyspace.execute("INSERT INTO %s.newest (device, series) VALUES (20, 0x0" + value + ")");
  }

  private int read() {
    return firstByte(call(() -> cells.of(KIT)).get(20L));
  }

  private int readToChange() {
    return firstByte(call(() -> cells.toBeChanged(KIT)).get(20L));
  }

  private static int firstByte(ByteBuffer cell) {
    return cell.get(cell.position());
  }

  private <T> T call(Supplier<Future<T>> work) {
    return Settled.value(home.call(work));
  }
}
