package io.mestral.broker.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.broker.sys.LoadAverage.Span;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadAverageTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void aSteadyRateIsFoundByAndBy() {
    LoadAverage load = new LoadAverage();
    for (int i = 1; i <= 1000; i++) load.update(i * 100L, TEN_SECONDS);
    for (Span span : Span.values()) assertThat(load.perMinute(span)).isCloseTo(600, within(1.0));
  }

  @Test
  void aShortAverageForgetsSoonerThanALongOne() {
    LoadAverage load = new LoadAverage();
    load.update(6000, Duration.ofMinutes(1));
    for (int i = 0; i < 12; i++) load.update(6000, TEN_SECONDS); // two quiet minutes
    assertThat(load.perMinute(Span.ONE))
        .isCloseTo(6000 * (1 - Math.exp(-1)) * Math.exp(-2), within(1.0));
    assertThat(load.perMinute(Span.FIVE)).isGreaterThan(load.perMinute(Span.FIFTEEN));
  }
}
