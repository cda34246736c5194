package io.mestral.storage.embedded.journal;

import io.mestral.storage.JournalRecord;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens small journals and looks into their files. */
final class Journals {
  static final StreamName STREAM = new StreamName("readings");
  static final StreamName OTHER = new StreamName("other");
  static final JournalOptions SMALL =
      new JournalOptions(4096, 1 << 20, 4096, Optional.empty(), 1000, 1 << 20);

  private Journals() {}

  static EmbeddedJournal open(Vertx vertx, Path folder) {
    return EmbeddedJournal.open(vertx, folder, SMALL, new SimpleMeterRegistry());
  }

  static long append(EmbeddedJournal journal, StreamName stream, String body) {
    return Settled.value(journal.append(stream, Buffer.buffer(body)));
  }

  static List<String> texts(EmbeddedJournal journal, StreamName stream) {
    return Settled.value(journal.read(stream, 0, Integer.MAX_VALUE)).stream()
        .map(JournalRecord::body)
        .map(Buffer::toString)
        .toList();
  }

  static List<Path> segments(Path folder) {
    return filesIn(folder).stream().filter(file -> file.toString().endsWith(".journal")).toList();
  }

  static List<Path> damaged(Path folder) {
    Path damaged = folder.resolve("damaged");
    return Files.exists(damaged) ? filesIn(damaged) : List.of();
  }

  private static List<Path> filesIn(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
