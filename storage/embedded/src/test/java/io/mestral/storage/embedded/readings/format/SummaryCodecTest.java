package io.mestral.storage.embedded.readings.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SummaryCodecTest {
  private static final long DAY = 20_544;

  @Property(tries = 300)
  void whatComesOutIsWhatTheReadingsMake(@ForAll("days") Slice day) {
    List<Summary> expected = Summary.of(day.toSamples(), Span.HOUR);
    List<Summary> found = SummaryCodec.decode(DAY, SummaryCodec.encode(day));
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Summary made = expected.get(i);
      Summary back = found.get(i);
      double most = Math.max(Math.abs(made.min()), Math.abs(made.max()));
      assertThat(back.sum()).isCloseTo(made.sum(), within(1e-12 * most * made.count()));
      double squares = 1e-12 * made.squares() + 1e-28 * most * most * made.count();
      assertThat(back.squares()).isCloseTo(made.squares(), within(squares));
      assertThat(
              new Summary(
                  back.start(),
                  back.count(),
                  made.sum(),
                  made.squares(),
                  back.min(),
                  back.max(),
                  back.firstTime(),
                  back.first(),
                  back.lastTime(),
                  back.last()))
          .isEqualTo(made);
    }
  }

  @Provide
  Arbitrary<Slice> days() {
    return Arbitraries.longs().map(SummaryCodecTest::day);
  }

  private static Slice day(long seed) {
    Random random = new Random(seed);
    int kind = random.nextInt(4);
    long step = 1 + random.nextInt(4000);
    Columns columns = new Columns(16);
    for (long second = random.nextInt(3600); second < 86_400; second += 1 + random.nextLong(step)) {
      double value =
          switch (kind) {
            case 0 -> random.nextInt(1000) / 10.0 - 20;
            case 1 -> 100_000 + random.nextInt(3);
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            default -> random.nextInt(50) == 0 ? -0.0 : (float) random.nextInt(100) / 3;
          };
      columns.add(DAY * 86_400 + second, value);
    }
    return columns.all();
  }

  @Test
  void anHourOfMinutesTakesFewBytes() {
    Columns columns = new Columns(1440);
    Random random = new Random(3);
    double value = 21;
    for (int minute = 0; minute < 1440; minute++) {
      value = Math.round((value + random.nextGaussian() / 10) * 100) / 100.0;
      columns.add(DAY * 86_400 + minute * 60, value);
    }
    assertThat(SummaryCodec.encode(columns.all()).length).isLessThan(24 * 17);
  }

  @Test
  void hoursCanBeTakenOut() {
    Slice day = day(5);
    byte[] whole = SummaryCodec.encode(day);
    List<Summary> hours = SummaryCodec.decode(DAY, whole);
    long gone = hours.get(hours.size() / 2).start();
    byte[] rest = SummaryCodec.without(DAY, whole, hour -> hour == gone);
    assertThat(SummaryCodec.decode(DAY, rest))
        .isEqualTo(hours.stream().filter(hour -> hour.start() != gone).toList());
  }

  @Test
  void whatIsCutShortIsMalformed() {
    byte[] whole = SummaryCodec.encode(day(7));
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThatThrownBy(() -> SummaryCodec.decode(DAY, cut)).isInstanceOf(Malformed.class);
  }
}
