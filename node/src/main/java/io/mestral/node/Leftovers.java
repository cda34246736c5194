package io.mestral.node;

import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.mestral.storage.cassandra.CassandraReadingStore;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a move leaves of the store that isn't used: records of the journal, which would keep it from
 * letting go of others, and the folder of readings. Nothing that somebody counts on: of a move that
 * came to its end the new store has it all, of one that didn't the old.
 */
record Leftovers(Path folder, Journal journal) {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
  private static final int RECORDS = 1000;
  private static final String READINGS = "readings";

  /** Tidies up before the store of a place is opened; without any move nothing is touched. */
  void clear(Whereabouts.Place used, Whereabouts whereabouts) {
    if (whereabouts.moved().isEmpty() && whereabouts.unfinished().isEmpty()) return;
    boolean embedded = used.cluster().isEmpty();
    letGo(embedded ? CassandraReadingStore.STREAMS : EmbeddedReadingStore.STREAMS);
    if (!embedded && whereabouts.unfinished().isEmpty()) setAside();
  }

  /** Lets go of what the journal has for a store that is closed. */
  void letGoOf(Whereabouts.Place closed) {
    letGo(
        closed.cluster().isEmpty() ? EmbeddedReadingStore.STREAMS : CassandraReadingStore.STREAMS);
  }

  private void letGo(List<StreamName> streams) {
    for (StreamName stream : streams)
      letGo(stream, 0).toCompletionStage().toCompletableFuture().join();
  }

  private Future<Void> letGo(StreamName stream, long after) {
    return journal
        .read(stream, after, RECORDS)
        .compose(
            records -> {
              if (records.isEmpty()) return Future.succeededFuture();
              JournalRecord last = records.get(records.size() - 1);
              return journal
                  .trim(stream, last.sequence())
                  .compose(done -> letGo(stream, last.sequence()));
            });
  }

  /** Puts the folder of readings where no store looks; what becomes of it is the operator's. */
  void setAside() {
    Path readings = folder.resolve(READINGS);
    if (!Files.isDirectory(readings)) return;
    try {
      Path moved = Files.createDirectories(folder.resolve("moved"));
      int number = 1;
      while (Files.exists(moved.resolve(READINGS + "-" + number))) number++;
      Path place = Files.move(readings, moved.resolve(READINGS + "-" + number));
      log.info("the readings that were moved to a server lie in {} still", place);
    } catch (IOException failure) {
      log.warn("{} can't be put aside and is when the node starts again", readings, failure);
    }
  }
}
