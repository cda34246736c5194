package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
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
          });
    }
    assertThat(back).isEqualTo(readings);
  }
}
