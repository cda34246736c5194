package io.mestral.storage.embedded.readings.newest;

import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.months.BlockReader;
import io.mestral.storage.embedded.readings.months.OpenMonths;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import io.mestral.storage.embedded.readings.series.Overlay;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the file of the newest readings again: looks through all months, the newest first, until
 * two readings of each series are known.
 */
public final class NewestCollection implements BlockReader.DamageListener {
  private static final Logger log = LoggerFactory.getLogger(NewestCollection.class);

  private final ReadingsFolder folder;
  private final BlockReader.DamageListener damage;
  private final Map<Series, NewestTwo> found = new HashMap<>();
  private boolean whole = true;

  /**
   * @param damage hears of it, too
   */
  public NewestCollection(ReadingsFolder folder, BlockReader.DamageListener damage) {
    this.folder = folder;
    this.damage = damage;
  }

  /** Does it; the file is there with all that was found, or as it was. */
  public void run() throws SQLException {
    OpenMonths files = new OpenMonths(folder, this);
    try {
      BlockReader reader = new BlockReader(folder, files, this);
      for (YearMonth month : folder.months().descendingSet()) lookThrough(month, reader);
    } finally {
      files.close();
    }
    NewestFile.create(folder.newestFile(), found, whole);
    folder.replaced(folder.newestFile());
    log.info("the newest readings of {} series were collected from their blocks", found.size());
  }

  private void lookThrough(YearMonth month, BlockReader reader) {
    LastReadings last = new LastReadings(folder, reader);
    try {
      for (Series series : reader.seriesIn(month)) {
        NewestTwo known = found.computeIfAbsent(series, none -> new NewestTwo());
        if (!known.hasPrevious()) last.offerLastOf(month, series, Overlay.NOTHING, known);
      }
    } catch (RefusedException unreadable) {
      whole = false;
      log.error("the newest readings are collected without {}", month);
    }
  }

  @Override
  public void blockDamaged(YearMonth month) {
    damage.blockDamaged(month);
  }

  @Override
  public void dayDamaged(YearMonth month, Block.Place place) {
    damage.dayDamaged(month, place);
  }

  @Override
  public void fileDamaged(YearMonth month, int epoch) {
    whole = false;
    damage.fileDamaged(month, epoch);
  }
}
