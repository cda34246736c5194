package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeastRateTest {
  private static final long SECOND = 1_000_000_000L;

  private final LeastRate.Allowance time = new LeastRate(1000, Duration.ofSeconds(60)).begin();

  @Test
  void whoKeepsUpMayGoOnForEver() {
    for (int i = 0; i < 100_000; i++) assertThat(time.took(10_000, 10 * SECOND)).isTrue();
  }

  @Test
  void whoLagsHasSomePatienceAndEarnsItBack() {
    assertThat(time.took(0, 59 * SECOND)).isTrue();
    assertThat(time.over(2000)).isEqualTo(Duration.ofSeconds(3));
    assertThat(time.took(1_000_000, SECOND)).isTrue();
    assertThat(time.over(0)).isEqualTo(Duration.ofSeconds(60)); // and not a thousand
    assertThat(time.took(0, 61 * SECOND)).isFalse();
  }

  @Test
  void whoSendsAByteNowAndThenIsFoundOut() {
    int bytes = 0;
    while (time.took(1, SECOND)) bytes++;
    assertThat(bytes).isEqualTo(60);
  }
}
