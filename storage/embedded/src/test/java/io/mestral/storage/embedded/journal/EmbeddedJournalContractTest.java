package io.mestral.storage.embedded.journal;

import io.mestral.storage.Journal;
import io.mestral.storage.JournalContract;
import io.mestral.storage.Settled;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJournalContractTest extends JournalContract {
  private static final JournalOptions SMALL =
      new JournalOptions(8192, 65_536, 4096, Optional.empty(), 1000, 1 << 20);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedJournal journal;

  @BeforeEach
  void open() {
    journal = EmbeddedJournal.open(vertx, folder, SMALL, new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    Settled.value(journal.close());
    Settled.value(vertx.close());
  }

  @Override
  protected Journal journal() {
    return journal;
  }

  @Override
  protected Journal reopened() {
    Settled.value(journal.close());
    open();
    return journal;
  }
}
