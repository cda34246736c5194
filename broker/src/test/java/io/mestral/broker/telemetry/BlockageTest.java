package io.mestral.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BlockageTest {
  private final AtomicLong now = new AtomicLong(-5_000_000_000L); // nanoTime may be negative
  private final Blockage blockage = new Blockage(now::get);

  @Test
  void whoeverWasNeverBlockedWasNotBlockedOfLate() {
    assertThat(blockage.ends()).isZero();
    assertThat(blockage.ofLate()).isZero();
  }

  @Test
  void aBlockageCountsWhileItLastsAndAfterwards() {
    blockage.begins();
    pass(3);
    assertThat(blockage.ofLate()).hasSeconds(3);
    blockage.begins(); // it is already
    pass(1);
    assertThat(blockage.ends()).hasSeconds(4);
    pass(10);
    assertThat(blockage.ofLate()).hasSeconds(4);
    blockage.begins();
    pass(2);
    assertThat(blockage.ofLate()).hasSeconds(6);
  }

  @Test
  void whatIsLongPastFades() {
    blockage.begins();
    pass(20);
    blockage.ends();
    pass(70); // the second minute is half over
    assertThat(blockage.ofLate()).hasSeconds(10);
    pass(60);
    assertThat(blockage.ofLate()).isZero();
  }

  @Test
  void nobodyIsBlockedLongerThanAllTheTime() {
    blockage.begins();
    pass(600);
    assertThat(blockage.ofLate()).hasSeconds(60);
    assertThat(blockage.ends()).hasSeconds(600);
    assertThat(blockage.ofLate()).hasSeconds(0);
    pass(1);
    blockage.begins();
    pass(5);
    blockage.ends();
    assertThat(blockage.ofLate()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
