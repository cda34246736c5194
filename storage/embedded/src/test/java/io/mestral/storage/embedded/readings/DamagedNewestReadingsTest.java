package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What becomes of the newest readings when their file is damaged, gone or half made. */
class DamagedNewestReadingsTest extends ReadingStoreFixture {
  @Test
  void theNewestReadingsAreCollectedAgainWhenTheirFileIsGoneOrBroken() throws IOException {
    open();
    append(1, MARCH, 1);
    append(1, APRIL, 2);
    append(2, MARCH, 3);
    reseal();
    Path series = folder.resolve("readings/series.db");
    for (int round = 0; round < 2; round++) {
      if (round == 0) Files.delete(series);
      else Files.writeString(series, "broken".repeat(5000));
      open();
      latest(1); // finds out
      Settled.value(disk.store.seal()); // behind the collecting
      assertThat(latest(1)).isEqualTo(new Latest(APRIL, 2, OptionalDouble.of(1)));
      assertThat(latest(2)).isEqualTo(new Latest(MARCH, 3, OptionalDouble.empty()));
      disk.close();
    }
    assertThat(damaged()).containsExactly("series.db");
  }

  @Test
  void theNewestReadingsAreCollectedAtOnceOrNotAtAll() throws Exception {
    open();
    List<Reading> many = new ArrayList<>();
    for (int device = 1; device <= 2000; device++) many.add(reading(device, APRIL, device));
    Settled.value(disk.store.append(many));
    reseal();
    Path series = folder.resolve("readings/series.db");
    Path seen = folder.resolve("seen.db");
    Files.delete(series);
    open();
    for (long turn = 0; turn < 1L << 32 && !Files.exists(series); turn++) Thread.onSpinWait();
    Files.copy(series, seen); // as a kill would leave it
    assertThat(number(seen, "SELECT count(*) FROM series")).isEqualTo(2000);
  }

  @Test
  void newestReadingsThatCouldNotBeCollectedAreLookedForAtTheNextStart() throws Exception {
    open();
    append(1, MARCH, 1);
    append(2, APRIL, 2);
    reseal();
    Path series = folder.resolve("readings/series.db");
    Files.delete(series);
    Path away = folder.resolve("away.db");
    Files.move(month("2026-03"), away);
    Files.createDirectory(month("2026-03")); // can't be opened
    open();
    append(3, APRIL, 3);
    reseal();
    Files.delete(month("2026-03"));
    Files.move(away, month("2026-03"));
    open();
    Settled.value(disk.store.seal()); // behind the collecting
    for (int device = 1; device <= 3; device++)
      assertThat(latest(device).value()).isEqualTo(device);
  }

  @Test
  void anEmptyFileOfTheNewestReadingsIsCollectedAgain() throws IOException {
    open();
    append(1, APRIL, 1);
    reseal();
    Files.write(folder.resolve("readings/series.db"), new byte[0]);
    open();
    latest(1); // finds out
    Settled.value(disk.store.seal()); // behind the collecting
    assertThat(latest(1)).isEqualTo(new Latest(APRIL, 1, OptionalDouble.empty()));
    assertThat(damaged()).containsExactly("series.db");
  }

  @Test
  void aBrokenRowOfTheNewestReadingsHoldsUpNoSealing() throws SQLException, IOException {
    open();
    append(1, MARCH, 1);
    reseal();
    Path series = folder.resolve("readings/series.db");
    execute(series, "UPDATE series SET crc = crc + 1");
    open();
    append(1, APRIL, 2);
    Settled.value(disk.store.seal());
    assertThat(latest(1)).isEqualTo(new Latest(APRIL, 2, OptionalDouble.of(1)));
    assertThat(damaged()).containsExactly("series.db");
  }
}
