package io.mestral.node;

import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.mestral.storage.cassandra.CassandraReadingStore;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private static final String MOVED = "moved";
  private static final String READINGS = "readings";
  private static final String METADATA = "metadata";

  /** Snapshots, too: the next start without a file would bring one back. */
  private static final List<String> METADATA_FILES =
      List.of("snapshots", "metadata.db", "metadata.db-wal", "metadata.db-shm");

  /** Tidies up before the readings of a place are opened; without any move nothing is touched. */
  void clearReadings(Whereabouts.Place used, Whereabouts whereabouts) {
    boolean moved = whereabouts.moved(used.what()).isPresent();
    boolean unfinished = whereabouts.unfinished(used.what()).isPresent();
    if (!moved && !unfinished) return;
    letGoOfReadings(!used.isEmbedded());
    if (!used.isEmbedded() && !unfinished) setReadingsAside();
  }

  /** The same before the metadata of a place is opened. */
  static void clearMetadata(Path folder, Whereabouts.Place used, Whereabouts whereabouts) {
    if (whereabouts.moved(used.what()).isPresent()
        && whereabouts.unfinished(used.what()).isEmpty()
        && !used.isEmbedded()) setAside(folder, METADATA, METADATA_FILES);
  }

  /** Lets go of what the journal has for a store of readings that is closed. */
  void letGoOfReadings(boolean embedded) {
    if (embedded) forgetNewest();
    letGo(embedded ? EmbeddedReadingStore.STREAMS : CassandraReadingStore.STREAMS);
  }

  /** First, as a kill may come in between. */
  private void forgetNewest() {
    try {
      EmbeddedReadingStore.forgetNewest(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("readings that aren't used can't be tidied up", failure);
    }
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
  void setReadingsAside() {
    setAside(folder, READINGS, List.of(READINGS));
  }

  /** The same with the metadata. */
  void setMetadataAside() {
    setAside(folder, METADATA, METADATA_FILES);
  }

  private static void setAside(Path folder, String what, List<String> names) {
    List<Path> there =
        names.stream().map(folder::resolve).filter(file -> Files.exists(file)).toList();
    if (there.isEmpty()) return;
    try {
      int number = 1;
      while (Files.exists(folder.resolve(MOVED).resolve(what + "-" + number))) number++;
      Path place = folder.resolve(MOVED).resolve(what + "-" + number);
      Files.createDirectories(place, PrivateFiles.permissions("rwx------"));
      for (Path file : there) Files.move(file, place.resolve(file.getFileName()));
      log.info("the {} that went to a server lie in {} still", what, place);
    } catch (IOException failure) {
      log.warn("{} can't be put aside and are when the node starts again", there, failure);
    }
  }
}
