package io.mestral.storage.embedded.readings.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.series.Days;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BatchCodecTest {
  @Provide
  Arbitrary<Reading> readings() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 4),
            Arbitraries.integers(),
            Arbitraries.longs().between(Days.FIRST_SECOND, Days.LAST_SECOND),
            Arbitraries.doubles())
        .as(
            (device, sensor, second, value) ->
                new Reading(new DeviceId(device), new SensorId(sensor), second, value));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aBatchComesBackInItsOrderHoweverItIsCut(
      @ForAll @Size(max = 200) List<@From("readings") Reading> readings,
      @ForAll @IntRange(min = 128, max = 5000) int longest) {
    List<Buffer> bodies = BatchCodec.encode(readings, longest);
    List<Reading> back = new ArrayList<>();
    for (Buffer body : bodies) {
      assertThat(body.length()).isLessThanOrEqualTo(longest);
      BatchCodec.decode(
          body.getBytes(),
          new BatchCodec.Taker() {
            private long current;

            @Override
            public void device(long device) {
              current = device;
            }

            @Override
            public void reading(int sensor, long second, double value) {
              back.add(new Reading(new DeviceId(current), new SensorId(sensor), second, value));
            }

            @Override
            public void removal(int sensor, TimeRange range) {
              throw new AssertionError("nothing was removed");
            }
          });
    }
    assertThat(back).isEqualTo(readings);
  }

  @Property(tries = 100)
  void aRemovalComesBack(
      @ForAll @LongRange(min = 1) long device,
      @ForAll @IntRange(min = 0) int sensor,
      @ForAll @LongRange(min = Days.FIRST_SECOND, max = Days.LAST_SECOND) long from,
      @ForAll @LongRange(min = Days.FIRST_SECOND, max = Days.LAST_SECOND) long to) {
    Series series = new Series(new DeviceId(device), new SensorId(sensor));
    Buffer body = BatchCodec.encodeRemoval(series, new TimeRange(from, to));
    List<Object> told = new ArrayList<>();
    BatchCodec.decode(
        body.getBytes(),
        new BatchCodec.Taker() {
          @Override
          public void device(long number) {
            told.add(number);
          }

          @Override
          public void reading(int number, long second, double value) {
            throw new AssertionError("no reading");
          }

          @Override
          public void removal(int number, TimeRange range) {
            told.add(number);
            told.add(range);
          }
        });
    assertThat(told).containsExactly(device, sensor, new TimeRange(from, to));
  }
}
