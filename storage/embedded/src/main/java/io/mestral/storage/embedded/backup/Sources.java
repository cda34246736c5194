package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.FrozenJournal;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.mestral.storage.embedded.readings.FrozenReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * What a node keeps itself.
 *
 * @param folder the data folder
 * @param readings empty when a server keeps them
 * @param metadata empty when a server keeps it
 * @param elsewhere those servers, in words for the operator
 * @param smallFiles names of files in the folder that belong to it, such as the node's key
 */
public record Sources(
    Path folder,
    EmbeddedJournal journal,
    Optional<EmbeddedReadingStore> readings,
    Optional<EmbeddedMetadata> metadata,
    List<String> elsewhere,
    List<String> smallFiles) {

  /** Copies the lists. */
  public Sources {
    elsewhere = List.copyOf(elsewhere);
    smallFiles = List.copyOf(smallFiles);
  }

  /** Journal and readings as they are at one moment. */
  record Frozen(FrozenJournal journal, Optional<FrozenReadings> readings) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        if (readings.isPresent()) readings.get().close();
        else journal.close();
      } catch (SQLException failure) {
        throw new IOException(failure);
      }
    }
  }

  Frozen freeze() throws IOException {
    if (readings.isEmpty()) return new Frozen(journal.freeze(), Optional.empty());
    try {
      FrozenReadings frozen =
          readings.get().freeze().toCompletionStage().toCompletableFuture().join();
      return new Frozen(frozen.journal(), Optional.of(frozen));
    } catch (CompletionException failure) {
      throw new IOException("the readings cannot be held: " + failure.getCause().getMessage());
    }
  }
}
