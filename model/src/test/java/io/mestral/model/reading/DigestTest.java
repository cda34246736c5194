package io.mestral.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final SensorId LIGHT = new SensorId(14);
  private static final SensorId NOISE = new SensorId(53);
  private static final Digest WHOLE = digest(LIGHT, 60, 1.5, 120, 2.5);

  @Test
  void partsAddUpInAnyOrder() {
    Digest first = digest(LIGHT, 60, 1.5);
    Digest second = digest(LIGHT, 120, 2.5);
    assertThat(first.and(second)).isEqualTo(WHOLE).isEqualTo(second.and(first));
    assertThat(WHOLE.without(first)).isEqualTo(second);
    assertThat(Digest.of(LIGHT, Samples.EMPTY)).isEqualTo(Digest.NONE);
  }

  @Test
  void whatDiffersInAnythingDiffers() {
    assertThat(digest(LIGHT, 60, 1.5, 121, 2.5)).isNotEqualTo(WHOLE);
    assertThat(digest(LIGHT, 60, 1.5, 120, 2.25)).isNotEqualTo(WHOLE);
    assertThat(digest(LIGHT, 60, 2.5, 120, 1.5)).isNotEqualTo(WHOLE);
    assertThat(digest(NOISE, 60, 1.5, 120, 2.5)).isNotEqualTo(WHOLE);
    assertThat(digest(LIGHT, 60, 1.5)).isNotEqualTo(WHOLE);
  }

  @Test
  void thereIsOneZero() {
    assertThat(digest(LIGHT, 60, -0.0)).isEqualTo(digest(LIGHT, 60, 0.0));
  }

  @Test
  void theSumIsShownWhole() {
    assertThat(new Digest(1, 255).text()).isEqualTo("00000000000000ff");
  }

  private static Digest digest(SensorId sensor, double... timesAndValues) {
    int size = timesAndValues.length / 2;
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = (long) timesAndValues[2 * i];
      values[i] = timesAndValues[2 * i + 1];
    }
    return Digest.of(sensor, new Samples(times, values, size));
  }
}
