package io.mestral.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.MovableClock;
import io.mestral.broker.telemetry.event.Drop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumsTest {
  private final MovableClock clock = new MovableClock();
  private final List<String> told = new ArrayList<>();
  private final Sums<Drop> sums =
      new Sums<>(clock, (why, count) -> told.add(count + " " + why.label()));

  @Test
  void theFirstIsToldAtOnceAndTheRestOfTheSecondTogether() {
    for (int i = 0; i < 1000; i++) sums.count(Drop.SLOW);
    assertThat(told).containsExactly("1 slow");
    clock.forward(Duration.ofSeconds(1));
    sums.count(Drop.SLOW);
    assertThat(told).containsExactly("1 slow", "1000 slow");
    assertThat(sums.of(Drop.SLOW)).isEqualTo(1001);
  }

  @Test
  void everyCauseIsToldForItself() {
    sums.count(Drop.SLOW);
    sums.count(Drop.EXPIRED);
    assertThat(told).containsExactly("1 slow", "1 expired");
    assertThat(sums.of(Drop.QUEUE_FULL)).isZero();
  }

  @Test
  void whoeverLooksMissesNothing() {
    for (int i = 0; i < 3; i++) sums.count(Drop.QUEUE_FULL);
    sums.settle();
    sums.settle();
    assertThat(told).containsExactly("1 queue_full", "2 queue_full");
  }
}
