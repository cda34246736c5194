package io.mestral.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-02-03T10:05:00Z, 2026-02-03T10:05:00Z",
    "2026-02-29T10:05:00Z, ",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2026-01-31T00:00:00Z, 2026-01-31T00:00:00Z",
    "2026-02-03 10:05:00, 2026-02-03T10:05:00Z",
    "2026-02-03 10:05:00 UTC, 2026-02-03T10:05:00Z",
    "2026-02-03T10:05:00.987Z, 2026-02-03T10:05:00Z",
    "2026-02-03T10:05:00, 2026-02-03T10:05:00Z",
    "2026-02-03T11:05:00+01:00, 2026-02-03T10:05:00Z",
    "2026-02-03T04:35:00-0530, 2026-02-03T10:05:00Z",
    "2026-02-03T11:05:00.5+01, 2026-02-03T10:05:00Z",
    "2026-02-03 10:05, 2026-02-03T10:05:00Z",
    "2026-02-03, 2026-02-03T00:00:00Z",
    "20260203T100500Z, 2026-02-03T10:05:00Z",
    "20260203T110500.5+0100, 2026-02-03T10:05:00Z",
    "2026/02/03 10:05:00, 2026-02-03T10:05:00Z",
    "2026-02-03 10:05:00 +0000 UTC, 2026-02-03T10:05:00Z",
    "'Tue, 03 Feb 2026 10:05:00 GMT', 2026-02-03T10:05:00Z",
    "'Tue, 3 Feb 2026 11:05:00 +0100', 2026-02-03T10:05:00Z",
    "2026-02/03, ",
    "20261303T100500Z, ",
    "2026-13-03T10:05:00Z, ",
    "2026-02-03T24:05:00Z, ",
    "2026-02-03T10:05:00+25:00, ",
    "20260203, ",
    "yesterday, "
  })
  void timesMeanWhatPeopleMean(String text, String instant) {
    if (instant == null) assertThat(TimeText.parse(text)).isEmpty();
    else assertThat(TimeText.parse(text)).hasValue(Instant.parse(instant).getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1770113100", "2026", "2026-02-03T1x:05:00Z"})
  void whatIsNoTimeGivesNone(String text) {
    assertThat(TimeText.parse(text)).isEmpty();
  }

  @Test
  void aVeryLongTextIsRefusedWithoutWork() {
    assertThat(TimeText.parse("2026-02-03 ".repeat(100_000))).isEmpty();
  }

  @Test
  void whatIsWrittenIsWhatAnInstantSays() {
    new Random(6)
        .longs(2000, -62_167_219_200L, 253_402_300_800L)
        .forEach(
            second -> {
              assertThat(TimeText.of(second)).isEqualTo(Instant.ofEpochSecond(second).toString());
              assertThat(TimeText.parse(TimeText.of(second))).hasValue(second);
            });
  }
}
