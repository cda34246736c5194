package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.CatalogueSeed;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchReadingsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final SensorIndex CATALOGUE = new SensorIndex(CatalogueSeed.shipped().sensors());
  private static final KnownDevice ROOF =
      new KnownDevice(new DeviceId(7), new UserId(1), List.of(), false);

  @Test
  void aTimeMayBeFromTheYear2000ToADayAhead() throws Exception {
    BatchReadings found =
        of(
            entry("2000-01-01T00:00:00Z", "[{\"id\":55,\"value\":1}]"),
            entry("2026-11-23T12:00:00Z", "[{\"id\":55,\"value\":2}]"));
    assertThat(found.readings).hasSize(2);
    assertThat(found.isClean()).isTrue();
    assertThat(found.quarantined).isEmpty();
  }

  @Test
  void anEntryOfAnotherTimeIsSetApartWhole() throws Exception {
    BatchReadings found =
        of(
            entry("1999-12-31T23:59:59Z", "[{\"id\":55,\"value\":\"19.72\"},{\"id\":\"t\"}]"),
            entry("2026-11-23T12:00:01Z", "[]"),
            entry("2026-11-22T11:00:00Z", "[{\"id\":55,\"value\":2}]"));
    assertThat(found.readings).hasSize(1);
    assertThat(found.entriesSkipped).isEqualTo(2);
    assertThat(found.problems).containsExactly("Timestamp not within range");
    assertThat(found.quarantined)
        .containsExactly(
            apart(
                "{\"recorded_at\":\"1999-12-31T23:59:59Z\",\"sensors\":["
                    + "{\"id\":\"55\",\"value\":19.72},{\"id\":\"t\",\"value\":null}]}"),
            apart("{\"recorded_at\":\"2026-11-23T12:00:01Z\",\"sensors\":[]}"));
  }

  @Test
  void whatIsSetApartCanBeSentAgain() throws Exception {
    QuarantinedEntry apart =
        of(entry("2027-01-01T00:00:00Z", "[{\"id\":55,\"value\":-1.5},{\"id\":\"t\",\"value\":3}]"))
            .quarantined
            .getFirst();
    BatchReadings later = new BatchReadings(ROOF, CATALOGUE, Instant.parse("2027-01-02T00:00:00Z"));
    later.addAll(JsonBatchReader.read(bytes("{\"data\":[" + apart.entry() + "]}")));
    assertThat(later.readings).extracting(reading -> reading.value()).containsExactly(-1.5, 3.0);
  }

  @Test
  void noMoreIsSetApartThanIsKept() throws Exception {
    String[] entries = new String[Quarantine.KEPT_PER_DEVICE + 1];
    Arrays.fill(entries, entry("1999-01-01T00:00:00Z", "[]"));
    entries[0] = entry("1998-01-01T00:00:00Z", "[]");
    BatchReadings found = of(entries);
    assertThat(found.entriesSkipped).isEqualTo(entries.length);
    assertThat(found.quarantined)
        .hasSize(Quarantine.KEPT_PER_DEVICE)
        .noneMatch(apart -> apart.entry().contains("1998"));
  }

  @Test
  void aTimeThatIsNoneIsNotSetApart() throws Exception {
    BatchReadings found = of(entry("soon", "[]"), "{\"sensors\":[]}");
    assertThat(found.quarantined).isEmpty();
    assertThat(found.problems).containsExactly("Timestamp not readable", "No timestamp given");
  }

  private static QuarantinedEntry apart(String entry) {
    return new QuarantinedEntry(ROOF.id(), entry, "Timestamp not within range", NOW);
  }

  private static String entry(String time, String sensors) {
    return "{\"recorded_at\":\"" + time + "\",\"sensors\":" + sensors + "}";
  }

  private static BatchReadings of(String... entries) throws MalformedMessage {
    BatchReadings found = new BatchReadings(ROOF, CATALOGUE, NOW);
    found.addAll(JsonBatchReader.read(bytes("{\"data\":[" + String.join(",", entries) + "]}")));
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
