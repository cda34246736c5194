package io.mestral.verticles.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParameterTest {
  @ParameterizedTest
  @CsvSource({
    "2026-02-03, 2026-02-03T00:00:00Z",
    "2026-02-03T10:00:00Z, 2026-02-03T10:00:00Z",
    "2026-02-03T10:00:00.000Z, 2026-02-03T10:00:00Z",
    "2026-02-03T10:00:00, 2026-02-03T10:00:00Z",
    "2026-02-03 10:00:00 UTC, 2026-02-03T10:00:00Z",
    "2026-02-03 10:00:00+00:00, 2026-02-03T10:00:00Z",
    "2026-02-03T10:00:00+02:00, 2026-02-03T08:00:00Z",
    "2026-02-03T10:00:00-0130, 2026-02-03T11:30:00Z",
    "2026-02-03 10:00:00 00:00, 2026-02-03T10:00:00Z",
    "2026-02-03T10:00:00 02:00, 2026-02-03T08:00:00Z",
    "1770112800, 2026-02-03T10:00:00Z",
    "0, 1970-01-01T00:00:00Z",
  })
  void everyFormOfTimeThatClientsSendIsRead(String text, String meant) {
    assertThat(TimeParameter.parse(text)).hasValue(Instant.parse(meant).getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01", "2026-02-30", "10:00", "2026-02-03T25:00:00Z"})
  void whatIsNoTimeIsNone(String text) {
    assertThat(TimeParameter.parse(text)).isEmpty();
  }
}
