package io.mestral.verticles.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-03T10:06:00Z"));
  private final Turns turns = new Turns(3, Duration.ofHours(1), 2, clock);

  @Test
  void soManyAtOnceAndOneMoreAfterEachPart() {
    for (int i = 0; i < 3; i++) assertThat(turns.take("ada")).isTrue();
    assertThat(turns.take("ada")).isFalse();
    clock.forward(Duration.ofMinutes(20));
    assertThat(turns.take("ada")).isTrue();
    assertThat(turns.take("ada")).isFalse();
  }

  @Test
  void othersHaveTheirOwn() {
    for (int i = 0; i < 4; i++) turns.take("ada");
    assertThat(turns.take("bob")).isTrue();
  }

  @Test
  void onlySoManyAreRemembered() {
    for (int i = 0; i < 3; i++) turns.take("ada");
    turns.take("bob");
    turns.take("carol");
    assertThat(turns.take("ada")).as("the first was forgotten").isTrue();
  }
}
