package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBatchReaderTest {
  @Test
  void idsAndValuesComeAsNumbersOrTexts() throws MalformedMessage {
    String json =
        """
        {"version":2,"data":[
          {"recorded_at":"2026-02-03T10:05:00Z","sensors":[
            {"id":55,"value":19.72},{"id":"tvoc","value":"212"},{"value":"1e2","id":"56"}],"extra":{"a":[1]}},
          {"recorded_at":"2026-02-03 10:00:00","sensors":[{"id":55,"value":19.8}]}
        ]}""";
    assertThat(read(json).entries())
        .containsExactly(
            new Entry(
                at("2026-02-03T10:05:00Z"),
                List.of(new Value("55", 19.72), new Value("tvoc", 212), new Value("56", 100))),
            new Entry(at("2026-02-03T10:00:00Z"), List.of(new Value("55", 19.8))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"data\":null}", "{\"data\":[]}", "{\"data\":\"x\"}", "{\"a\":{}}"})
  void withoutDataThereIsNothing(String json) throws MalformedMessage {
    assertThat(read(json)).isEqualTo(Batch.EMPTY);
  }

  @Test
  void idsOfTablesAndWithBlanksAreIds() throws MalformedMessage {
    String json =
        """
        {"data":[{"recorded_at":"2026-02-03T10:05:00Z","sensors":[
          {"id":55.0,"value":1},{"id":" 56 ","value":2},{"id":55.5,"value":3},{"id":1e99,"value":4}]}]}""";
    assertThat(read(json).entries().get(0).values())
        .containsExactly(
            new Value("55", 1), new Value("56", 2), new Value("", 3), new Value("", 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void aValueThatPythonWritesForNothingCostsNoOther(String value) throws MalformedMessage {
    Entry entry = read(entry("\"2026-02-03T10:05:00Z\"", value)).entries().get(0);
    assertThat(entry.values().get(0).value()).isNotFinite();
    assertThat(entry.values().get(1)).isEqualTo(new Value("56", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"none\"", "\"nan\"", "true", "[1]", "{\"x\":1}", "\"\""})
  void aValueThatIsNoNumberIsAbsent(String value) throws MalformedMessage {
    Entry entry = read(entry("\"2026-02-03T10:05:00Z\"", value)).entries().get(0);
    assertThat(entry.values()).containsExactly(new Value("55", Double.NaN), new Value("56", 2));
  }

  @Test
  void aTimeThatIsANumberIsUnreadable() throws MalformedMessage {
    assertThat(read(entry("1770113100", "1")).entries().get(0).time())
        .isEqualTo(new Time.Unreadable("1770113100"));
  }

  @Test
  void aTimeThatIsNullOrMissingIsMissing() throws MalformedMessage {
    assertThat(read(entry("null", "1")).entries().get(0).time()).isEqualTo(Time.MISSING);
    assertThat(read("{\"data\":[{\"sensors\":[]}]}").entries().get(0).time())
        .isEqualTo(Time.MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "7", "{", "{\"data\":[}", "{\"data\":[]}x", "not json", "{'a':1}"})
  void whatIsNoJsonObjectIsMalformed(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void deepNestingIsRefusedInsteadOfExhaustingTheStack() {
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(MalformedMessage.class);
  }

  private static String entry(String time, String value) {
    return "{\"data\":[{\"recorded_at\":"
        + time
        + ",\"sensors\":[{\"id\":55,\"value\":"
        + value
        + "},{\"id\":56,\"value\":2}]}]}";
  }

  private static Time at(String instant) {
    return new Time.At(Instant.parse(instant).getEpochSecond());
  }

  private static Batch read(String json) throws MalformedMessage {
    return JsonBatchReader.read(json.getBytes(StandardCharsets.US_ASCII));
  }
}
