package io.mestral.storage.embedded.readings.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import io.mestral.storage.embedded.readings.series.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OpenSeriesTest {
  @Property(tries = 500)
  void holdsWhatASortedMapHolds(
      @ForAll @Size(max = 400) List<@IntRange(min = -50, max = 50) Integer> seconds) {
    OpenSeries series = new OpenSeries();
    TreeMap<Long, Double> model = new TreeMap<>();
    int arrival = 0;
    for (int second : seconds) {
      double value = arrival++ % 3; // so that some arrive again as they are
      boolean changes = !Double.valueOf(value).equals(model.put((long) second, value));
      assertThat(series.add(second, value)).isEqualTo(changes);
      NewestTwo newest = new NewestTwo();
      series.content().newest(newest);
      assertThat(newest.second()).isEqualTo(model.lastKey());
      assertThat(newest.value()).isEqualTo(model.lastEntry().getValue());
      Map.Entry<Long, Double> before = model.lowerEntry(model.lastKey());
      assertThat(newest.hasPrevious()).isEqualTo(before != null);
      if (before != null) assertThat(newest.previousValue()).isEqualTo(before.getValue());
    }
    assertThat(contents(series, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(model);
    assertThat(contents(series, -7, 13)).isEqualTo(model.subMap(-7L, true, 13L, true));
  }

  @Test
  void readingsThatComeBackwardsStayInFewRuns() {
    OpenSeries series = new OpenSeries();
    for (int second = 200_000; second > 0; second--) series.add(second, second);
    List<Slice> runs = new ArrayList<>();
    series.content().slices(0, 200_000, runs);
    assertThat(runs).hasSizeLessThan(20);
    assertThat(contents(series, 0, 200_000)).hasSize(200_000);
  }

  @Test
  void aReaderSeesWhatWasAddedBeforeAndNothingHalf() throws InterruptedException {
    OpenSeries series = new OpenSeries();
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<String> wrong = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              while (!ended.get() && wrong.get() == null)
                contents(series, 0, 1_000_000)
                    .forEach(
                        (second, value) -> {
                          if (value != second * 2.0) wrong.set(second + " has " + value);
                        });
            });
    reader.start();
    for (long second = 0; second < 20_000; second++) {
      long when = second % 5 == 4 ? second - 3 : second; // now and then a late one
      series.add(when, when * 2.0);
    }
    ended.set(true);
    reader.join();
    assertThat(wrong.get()).isNull();
  }

  private static TreeMap<Long, Double> contents(OpenSeries series, long from, long to) {
    List<Slice> slices = new ArrayList<>();
    series.content().slices(from, to, slices);
    Slice all = Columns.merged(slices, Integer.MAX_VALUE).all();
    TreeMap<Long, Double> contents = new TreeMap<>();
    for (int i = all.from(); i < all.to(); i++) contents.put(all.times()[i], all.values()[i]);
    assertThat(contents).hasSize(all.size());
    return contents;
  }
}
