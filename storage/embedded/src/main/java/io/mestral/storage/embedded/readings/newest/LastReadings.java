package io.mestral.storage.embedded.readings.newest;

import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.months.BlockReader;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import io.mestral.storage.embedded.readings.series.Overlay;
import io.mestral.storage.embedded.readings.series.Slice;
import java.time.YearMonth;

/** Finds the newest readings of a series by looking for them, from the last month backwards. */
public final class LastReadings {
  private final ReadingsFolder folder;
  private final BlockReader blocks;

  public LastReadings(ReadingsFolder folder, BlockReader blocks) {
    this.folder = folder;
    this.blocks = blocks;
  }

  /** The newest two; fewer when there are no more. */
  public NewestTwo of(Series series, Overlay memory) {
    NewestTwo found = new NewestTwo();
    Slice open = memory.readings();
    for (int i = Math.max(open.from(), open.to() - 2); i < open.to(); i++)
      found.offer(open.times()[i], open.values()[i]);
    for (YearMonth month : folder.months().descendingSet()) {
      if (found.hasPrevious() && found.previousSecond() > Days.lastSecond(month)) break;
      offerLastOf(month, series, memory, found);
    }
    return found;
  }

  /** Offers the newest two that a month has. */
  void offerLastOf(YearMonth month, Series series, Overlay memory, NewestTwo into) {
    long first = Days.firstSecond(month);
    long last = Days.lastSecond(month);
    Samples samples =
        blocks.read(
            new BlockReader.Question(
                series, first, last, Integer.MAX_VALUE, memory.between(first, last)));
    for (int i = Math.max(0, samples.size() - 2); i < samples.size(); i++)
      into.offer(samples.time(i), samples.value(i));
  }
}
