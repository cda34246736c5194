package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes on one keyspace: what one of them takes in is the newest at the other, too. */
class TwoNodesTest {
  private static final long NOW = 1_775_001_600;
  private static final DeviceId KIT = new DeviceId(20);
  private static final DeviceId NEIGHBOUR = new DeviceId(5_000_000_021L);
  private static final SensorId NOISE = new SensorId(53);
  private static final SensorId LIGHT = new SensorId(14);

  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private CassandraReadingStore one;
  private CassandraReadingStore other;

  @BeforeEach
  void open() {
    one = keyspace.open(new MemoryJournal(64 << 20));
    other = keyspace.open(new MemoryJournal(64 << 20));
    take(one, KIT, NOISE, NOW, 1);
    take(one, NEIGHBOUR, NOISE, NOW, 1);
    assertThat(newest(other, KIT)).containsEntry(NOISE, 1.0);
    assertThat(newest(other, NEIGHBOUR)).containsEntry(NOISE, 1.0);
  }

  @Test
  void aReadingIsTheNewestAtTheOtherNodeWithinSeconds() {
    take(one, KIT, NOISE, NOW + 60, 2);
    long taken = System.nanoTime();
    Settled.value(
        Steps.until(
            () -> other.latest(List.of(KIT)).map(all -> all.get(KIT).get(NOISE).value() == 2)));
    assertThat(Duration.ofNanos(System.nanoTime() - taken)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whatPeopleLookAtIsReadAgainBeforeTheyAsk() {
    take(one, KIT, NOISE, NOW + 60, 2);
    take(one, NEIGHBOUR, LIGHT, NOW + 60, 3);
    look(other);
    CassandraServer.shared().freeze();
    assertThat(newest(other, KIT)).isEqualTo(Map.of(NOISE, 2.0));
    assertThat(newest(other, NEIGHBOUR)).isEqualTo(Map.of(NOISE, 1.0, LIGHT, 3.0));
    assertThat(Settled.value(other.latest(List.of(KIT), List.of(NOISE))).value(0)).isEqualTo(2);
  }

  @Test
  void aDeviceThatComesToTheOtherNodeLosesNothingOnTheWay() {
    take(one, KIT, NOISE, NOW + 60, 2);
    take(other, KIT, LIGHT, NOW + 61, 3);
    look(one);
    take(one, KIT, NOISE, NOW + 120, 4);
    CassandraReadingStore third = keyspace.open(new MemoryJournal(1 << 20));
    for (CassandraReadingStore each : List.of(one, other, third)) {
      look(each);
      assertThat(newest(each, KIT)).isEqualTo(Map.of(NOISE, 4.0, LIGHT, 3.0));
    }
  }

  @Test
  void aRemovalIsSeenAtTheOtherNode() {
    Settled.value(one.delete(new Series(KIT, NOISE), TimeRange.ALWAYS));
    look(other);
    assertThat(newest(other, KIT)).isEmpty();
    assertThat(newest(other, NEIGHBOUR)).isEqualTo(Map.of(NOISE, 1.0));
  }

  @Test
  void aNodeThatWasAwayForTooLongToKnowWhatChangedReadsEverythingAgain() {
    take(one, KIT, NOISE, NOW + 60, 2);
    keyspace.execute("TRUNCATE %s.changes"); // an hour does the same
    take(one, NEIGHBOUR, NOISE, NOW + 60, 2);
    look(other);
    assertThat(newest(other, KIT)).containsEntry(NOISE, 2.0);
  }

  private static void take(
      CassandraReadingStore store, DeviceId device, SensorId sensor, long second, double value) {
    Settled.value(store.append(List.of(new Reading(device, sensor, second, value))));
    Settled.value(store.carried());
  }

  /** The first time may be a look that began before. */
  private static void look(CassandraReadingStore store) {
    for (int round = 0; round < 2; round++) Settled.value(store.lookedAround());
  }

  private static Map<SensorId, Double> newest(CassandraReadingStore store, DeviceId device) {
    return Settled.value(store.latest(List.of(device))).get(device).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, latest -> latest.getValue().value()));
  }
}
