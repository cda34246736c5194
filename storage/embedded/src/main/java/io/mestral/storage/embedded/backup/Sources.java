package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
}
