package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private Instant now = Instant.parse("2026-02-03T10:00:59Z");
  private final Clock clock = new TellingClock();

  @Test
  void aNewMinuteBeginsANewCount() {
    RateLimit limit = new RateLimit(2, clock);
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("a")).isFalse();
    assertThat(limit.secondsToWait()).isEqualTo(1);
    now = now.plusSeconds(1);
    assertThat(limit.take("a")).isTrue();
  }

  @Test
  void askersDontCountAgainstEachOther() {
    RateLimit limit = new RateLimit(1, clock);
    assertThat(limit.take("a")).isTrue();
    assertThat(limit.take("b")).isTrue();
    assertThat(limit.take("a")).isFalse();
  }

  @Test
  void zeroIsNoLimit() {
    RateLimit limit = new RateLimit(0, clock);
    for (int i = 0; i < 1000; i++) assertThat(limit.take("a")).isTrue();
  }

  @Test
  void whenThereAreTooManyAskersTheRestShareOneCount() {
    RateLimit limit = new RateLimit(1, clock);
    for (int i = 0; i < RateLimit.ASKERS; i++) limit.take("asker " + i);
    assertThat(limit.take("one more")).isTrue();
    assertThat(limit.take("yet another")).isFalse();
    assertThat(limit.take("asker 7")).isFalse();
  }

  private final class TellingClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
