package io.mestral.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = Long.MAX_VALUE - 5; // as nanoTime may: it runs over

  private final Pace pace = new Pace(100, () -> now);

  @Test
  void thePacketsOfOneSecondMayComeAtOnce() {
    for (int i = 0; i < 100; i++) assertThat(pace.next()).isZero();
    assertThat(pace.next()).isPositive();
  }

  @Test
  void whoWaitsAsToldKeepsThePace() {
    long start = now;
    for (int i = 0; i < 1100; i++) now += pace.next().toNanos();
    assertThat(Duration.ofNanos(now - start)).isBetween(seconds(9.9), seconds(10.1));
  }

  @Test
  void silenceEarnsNoMoreThanOneSecond() {
    now += Duration.ofHours(1).toNanos();
    for (int i = 0; i < 100; i++) assertThat(pace.next()).isZero();
    assertThat(pace.next()).isPositive();
  }

  @Test
  void aWaitIsLongEnoughForAFewPackets() {
    Pace fast = new Pace(100_000, () -> now);
    for (int i = 0; i < 100_000; i++) assertThat(fast.next()).isZero();
    Duration wait = fast.next();
    assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    now += wait.toNanos();
    for (int i = 0; i < 1999; i++) assertThat(fast.next()).isZero();
    assertThat(fast.next()).isPositive();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
