package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Settled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What many devices said last, as a map of them asks for it. */
class LatestOfManyTest {
  private static final long NOW = 1_775_001_600;
  private static final SensorId NOISE = new SensorId(53);
  private static final SensorId LIGHT = new SensorId(14);

  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal);
  }

  @Test
  void manyDevicesAreAskedForTogether() {
    fill(3600);
    assertThat(questionsFor(1500)).isLessThan(200);
    assertThat(questionsFor(3600)).isLessThan(200);
    assertThat(questionsFor(3600)).as("known by now").isLessThan(20);
  }

  @Test
  void whatWaitsAndWhoNeverSaidAnythingIsInTheRowsToo() {
    fill(2);
    Settled.value(store.append(List.of(new Reading(new DeviceId(2), LIGHT, NOW + 60, 7))));
    LatestRows rows = rows(3);
    assertThat(rows.value(0)).isEqualTo(1);
    assertThat(rows.value(1)).isEqualTo(7);
    assertThat(rows.heardAt(1)).isEqualTo(NOW + 60);
    assertThat(rows.wasHeard(2)).isFalse();
  }

  private void fill(int devices) {
    List<Reading> readings = new ArrayList<>();
    for (int device = 1; device <= devices; device++)
      readings.add(new Reading(new DeviceId(device), NOISE, NOW, device));
    Settled.value(store.append(readings));
    Settled.value(store.carried());
    Settled.value(store.close());
    store = keyspace.open(journal);
  }

  /** How many questions it takes to know the newest of so many devices. */
  private long questionsFor(int devices) {
    long before = questions();
    LatestRows rows = rows(devices);
    long asked = questions() - before;
    for (int row = 0; row < devices; row++) assertThat(rows.value(row)).isEqualTo(row + 1);
    return asked;
  }

  private LatestRows rows(int devices) {
    List<DeviceId> asked = new ArrayList<>();
    for (int device = 1; device <= devices; device++) asked.add(new DeviceId(device));
    return Settled.value(store.latest(asked, List.of(LIGHT, NOISE)));
  }

  /** As the server counts them. */
  private static long questions() {
    return keyspace.execute("SELECT request_count FROM system_views.clients").all().stream()
        .mapToLong(row -> row.getLong(0))
        .sum();
  }
}
