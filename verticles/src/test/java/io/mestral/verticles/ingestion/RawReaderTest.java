package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawReaderTest {
  private static final Time TEN_PAST_FIVE =
      new Time.At(Instant.parse("2026-02-03T10:05:00Z").getEpochSecond());

  @Test
  void aKitsMessageIsOneEntry() throws MalformedMessage {
    assertThat(RawReader.read("{t:2026-02-03T10:05:00Z,55:19.72,56:48.10,53:41.33,10:-1}"))
        .isEqualTo(
            batch(
                new Value("55", 19.72),
                new Value("56", 48.10),
                new Value("53", 41.33),
                new Value("10", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{t:2026-02-03T10:05:00Z,55:1}",
        "{t:2026-02-03T10:05:00Z55:1}",
        "{55:1t:2026-02-03T10:05:00Z}",
        "  {t:2026-02-03T10:05:00Z,55:1}  ",
        "{ t :2026-02-03T10:05:00Z , 55 : 1 , }",
        "{55:1,t:2026-02-03T10:05:00Z}",
        "{55:1 t:2026-02-03T10:05:00Z}",
        "{t:2026-02-03T10:05:00Z 55:1}",
        "{t:2026-02-03 10:05:00 55:1}",
        "{\tt:\n2026-02-03T10:05:00Z,\r\n55:1}",
        "{t:2026-02-03T10:05:00.250Z,55:+1}",
        "{t:2026-02-03T11:05:00+01:00,55:1e0}",
        "{t:2020-01-01T00:00:00Z,t:2026-02-03T10:05:00Z,55:1}",
        "{t:2026-02-03T10:05:00Z,55:7,55:1}",
        "{t:2026-02-03T10:05:00Z,55:1.}",
        "{t:2026-02-03T10:05:00Z,55:10.e-1}"
      })
  void theSameIsSaidInManyWays(String text) throws MalformedMessage {
    assertThat(RawReader.read(text)).isEqualTo(batch(new Value("55", 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nan", "inf", "ovf", "none", "null", "", "-", "1f", "0x10", "--1", "1e999"})
  void whatIsNoNumberCostsOnlyItsSensor(String value) throws MalformedMessage {
    assertThat(RawReader.read("{t:2026-02-03T10:05:00Z,55:" + value + ",56:2}"))
        .isEqualTo(batch(new Value("55", Double.NaN), new Value("56", 2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "hello",
        "{55}",
        "{55:1",
        "{:1}",
        "{abc:1}",
        "{t:2026-02-03T10:05:00Z,55:1}x",
        "{t:2026-02-03T10:05:00Z,\"55\":1}",
        "{{t:2026-02-03T10:05:00Z,55:1}}",
        "{t:2026-02-03T10:05:00Z,,55:1}"
      })
  void whatIsNotThisTextIsMalformed(String text) {
    assertThatThrownBy(() -> RawReader.read(text))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("character");
  }

  @Test
  void theCommaIsOptionalAfterNull() throws MalformedMessage {
    assertThat(RawReader.read("{55:null56:2t:2026-02-03T10:05:00Z}"))
        .isEqualTo(batch(new Value("55", Double.NaN), new Value("56", 2)));
  }

  @Test
  void nothingSaidIsNothing() throws MalformedMessage {
    assertThat(RawReader.read("{}")).isEqualTo(Batch.EMPTY);
  }

  @Test
  void whatDoesntSayWhenIsNothing() throws MalformedMessage {
    assertThat(RawReader.read("{55:1}")).isEqualTo(Batch.EMPTY);
    assertThat(RawReader.read("{55:1,56:2,}")).isEqualTo(Batch.EMPTY);
  }

  @Test
  void aTimeThatNobodyCanReadIsSaid() throws MalformedMessage {
    assertThat(RawReader.read("{t:,55:1}").entries().get(0).time())
        .isEqualTo(new Time.Unreadable(""));
    assertThat(RawReader.read("{t:yesterday,55:1}").entries().get(0).time())
        .isEqualTo(new Time.Unreadable("yesterday"));
  }

  private static Batch batch(Value... values) {
    return new Batch(List.of(new Entry(TEN_PAST_FIVE, List.of(values))));
  }
}
