package io.mestral.verticles.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardBatchTest {
  private static final DeviceId ROOF = new DeviceId(7);
  private static final ForwardBatch BATCH =
      new ForwardBatch(
          ROOF,
          List.of(
              new Reading(ROOF, new SensorId(55), 1_770_000_000L, 19.72),
              new Reading(ROOF, new SensorId(113), -1, -0.0)));

  @Test
  void aBatchIsReadAsItWasWritten() {
    assertThat(ForwardBatch.decode(BATCH.encoded())).isEqualTo(BATCH);
  }

  /** Journals of former versions must be readable for ever. */
  @Test
  void theFirstVersionIsWhatItWas() {
    ForwardBatch one =
        new ForwardBatch(ROOF, List.of(new Reading(ROOF, new SensorId(55), 1L, 1.5)));
    assertThat(one.encoded().getBytes())
        .asHexString()
        .isEqualTo("0100000000000000070000003700000000000000013FF8000000000000");
  }

  @Test
  void anythingElseIsRefused() {
    Buffer whole = BATCH.encoded();
    for (int length = 0; length < whole.length(); length++) {
      Buffer cut = whole.slice(0, length);
      if ((length - 9) % 20 != 0 || length < 9)
        assertThatThrownBy(() -> ForwardBatch.decode(cut))
            .isInstanceOf(IllegalArgumentException.class);
    }
    Buffer later = whole.copy().setByte(0, (byte) 2);
    assertThatThrownBy(() -> ForwardBatch.decode(later))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
