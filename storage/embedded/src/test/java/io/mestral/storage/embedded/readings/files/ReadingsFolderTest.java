package io.mestral.storage.embedded.readings.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.embedded.readings.months.MonthWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingsFolderTest {
  private static final YearMonth APRIL = YearMonth.of(2026, 4);

  @TempDir Path path;

  @Test
  void readersThatComeAndGoDoNotHinderAFileFromBeingMovedAside() throws Exception {
    ReadingsFolder folder = new ReadingsFolder(path);
    Path file = folder.fileOf(APRIL);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 100; round++) {
        MonthWriter.open(file).close();
        AtomicBoolean moved = new AtomicBoolean();
        Future<Integer> reads = reader.submit(() -> comeAndGo(file, moved));
        folder.moveAside(file);
        moved.set(true);
        reads.get(10, TimeUnit.SECONDS);
        assertThat(file).doesNotExist();
      }
    } finally {
      reader.shutdownNow();
    }
  }

  private static int comeAndGo(Path file, AtomicBoolean moved) throws SQLException {
    int reads = 0;
    while (!moved.get() && Files.exists(file)) {
      try (Connection connection = Sqlite.reader(file);
          Statement statement = connection.createStatement()) {
        statement.executeQuery("SELECT count(*) FROM block").close();
        reads++;
      } catch (SQLException away) {
        if (Files.exists(file)) throw away;
      }
    }
    return reads;
  }

  @Test
  void aSalvageThatWasKilledAtItsLastStepIsFinishedAtTheNextStart() throws Exception {
    ReadingsFolder folder = new ReadingsFolder(path);
    Path file = folder.fileOf(APRIL);
    MonthWriter.open(folder.salvageOf(file)).close();
    assertThat(new ReadingsFolder(path).months()).containsExactly(APRIL);
    assertThat(file).exists();
  }

  @Test
  void anUnfinishedSalvageDoesNotReplaceTheFileThatIsStillThere() throws IOException {
    ReadingsFolder folder = new ReadingsFolder(path);
    Path file = folder.fileOf(APRIL);
    Files.writeString(file, "broken");
    Files.writeString(folder.salvageOf(file), "half of it");
    assertThat(new ReadingsFolder(path).months()).containsExactly(APRIL);
    assertThat(file).hasContent("broken");
  }

  @Test
  void aLogThatWasLeftBehindIsNotPlayedIntoANewFile() throws IOException, SQLException {
    ReadingsFolder folder = new ReadingsFolder(path);
    Path file = folder.fileOf(APRIL);
    Path left = file.resolveSibling(file.getFileName() + "-wal");
    Files.writeString(left, "of another file");
    MonthWriter.open(folder.salvageOf(file)).close();
    folder.replace(folder.salvageOf(file), file);
    assertThat(left).doesNotExist();
  }
}
