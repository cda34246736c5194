package io.mestral.storage.embedded.readings.salvage;

import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.months.MonthWriter;
import io.mestral.storage.embedded.readings.series.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a broken file of a month by one with all blocks that lie whole on any of its pages, and
 * sets the broken one aside. A block that was merged into a later one may come back with it; the
 * later one wins wherever both have a second.
 */
public final class Salvage implements BlockScan.Taker {
  private static final Logger log = LoggerFactory.getLogger(Salvage.class);

  private final MonthWriter into;
  private final List<DayRow> last = new ArrayList<>();
  private int saved;

  private Salvage(MonthWriter into) {
    this.into = into;
  }

  /** Does it; the file is whole afterwards, or empty. */
  public static void of(ReadingsFolder folder, Path file) throws IOException, SQLException {
    Path finished = folder.salvageOf(file);
    Files.deleteIfExists(finished);
    int saved;
    try (MonthWriter into = MonthWriter.open(finished);
        RawPages pages = RawPages.open(file)) {
      Salvage salvage = new Salvage(into);
      new BlockScan(pages).run(salvage);
      into.summarise();
      for (DayRow row : salvage.last) into.restore(row);
      into.commit();
      saved = salvage.saved;
    }
    Path aside = folder.moveAside(file, finished);
    log.error("{} was damaged and lies in {}; {} blocks could be saved", file, aside, saved);
  }

  @Override
  public void block(Block block, Slice readings) throws SQLException {
    if (into.restore(block, readings)) saved++;
  }

  /** The others are made of the blocks. */
  @Override
  public void day(DayRow row) {
    if (row.last()) last.add(row);
  }
}
