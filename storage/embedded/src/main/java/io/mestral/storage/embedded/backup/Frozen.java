package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.HeldDatabase;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.FrozenJournal;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.mestral.storage.embedded.readings.files.FrozenReadings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * All that a node keeps itself as it was at one moment, between two sealings of readings and
 * between two commits of the metadata: what moves from one of them to another by being written
 * there and deleted here is in at least one, as it is after a kill.
 */
final class Frozen implements AutoCloseable {
  private Optional<HeldDatabase> metadata = Optional.empty();
  private Optional<FrozenJournal> journal = Optional.empty();
  private Optional<FrozenReadings> readings = Optional.empty();

  private Frozen() {}

  /** Holds it; blocks meanwhile. */
  static Frozen of(Sources sources) throws IOException {
    Frozen frozen = new Frozen();
    try {
      if (sources.readings().isPresent()) frozen.hold(sources, sources.readings().get());
      else frozen.holdJournal(sources);
      return frozen;
    } catch (IOException | RuntimeException failure) {
      frozen.close();
      throw failure;
    }
  }

  private void hold(Sources sources, EmbeddedReadingStore store) throws IOException {
    try {
      readings =
          Optional.of(
              store
                  .freeze(() -> holdJournal(sources))
                  .toCompletionStage()
                  .toCompletableFuture()
                  .join());
    } catch (CompletionException failure) {
      throw new IOException("the readings cannot be held: " + failure.getCause().getMessage());
    }
  }

  private FrozenJournal holdJournal(Sources sources) throws IOException {
    if (sources.metadata().isEmpty()) journal = Optional.of(sources.journal().freeze());
    else holdJournalAnd(sources.metadata().get(), sources.journal());
    return journal.orElseThrow();
  }

  private void holdJournalAnd(EmbeddedMetadata source, EmbeddedJournal records) throws IOException {
    metadata =
        Optional.of(
            source.hold(
                () -> {
                  try {
                    journal = Optional.of(records.freeze());
                  } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                  }
                }));
  }

  FrozenJournal journal() {
    return journal.orElseThrow();
  }

  /** Empty when a server keeps them. */
  Optional<FrozenReadings> readings() {
    return readings;
  }

  /** Empty when a server keeps it. */
  Optional<HeldDatabase> metadata() {
    return metadata;
  }

  /** How large a copy of all will be. */
  long length() throws SQLException {
    long length = metadata.isPresent() ? metadata.get().length() : 0;
    for (FrozenJournal.Piece piece : journal().pieces()) length += piece.length();
    if (readings.isPresent())
      for (HeldDatabase file : readings.get().files().values()) length += file.length();
    return length;
  }

  @Override
  public void close() throws IOException {
    try {
      if (metadata.isPresent()) metadata.get().close();
      if (readings.isPresent()) readings.get().close();
    } catch (SQLException failure) {
      throw new IOException(failure);
    } finally {
      if (journal.isPresent()) journal.get().close();
    }
  }
}
