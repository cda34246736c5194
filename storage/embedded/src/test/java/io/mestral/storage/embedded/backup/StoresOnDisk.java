package io.mestral.storage.embedded.backup;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All stores of a node in one folder. */
final class StoresOnDisk {
  final Path folder;
  final EmbeddedMetadata metadata;
  final EmbeddedJournal journal;
  final EmbeddedReadingStore readings;

  StoresOnDisk(Vertx vertx, Path folder, int openReadings) {
    this(
        vertx,
        new StorageOptions(folder, Optional.empty(), openReadings, 64 << 20, Retention.FOREVER));
  }

  StoresOnDisk(Vertx vertx, StorageOptions options) {
    folder = options.dataDir();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    metadata = EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
    journal =
        EmbeddedJournal.open(
            vertx, folder.resolve("journal"), JournalOptions.from(options), meters);
    readings = EmbeddedReadingStore.open(vertx, journal, options, meters, Clock.systemUTC());
  }

  Sources sources() {
    return new Sources(
        folder,
        journal,
        Optional.of(readings),
        Optional.of(metadata),
        List.of(),
        List.of("node.key", "mestral.format"));
  }

  void append(int device, long second, double value) {
    Settled.value(
        readings.append(
            List.of(new Reading(new DeviceId(device), new SensorId(55), second, value))));
  }

  /** So many readings of every minute, with their number as the value. */
  void appendMinutes(int device, long from, int count) {
    List<Reading> minutes = new ArrayList<>();
    for (int i = 0; i < count; i++)
      minutes.add(new Reading(new DeviceId(device), new SensorId(55), from + i * 60L, i));
    Settled.value(readings.append(minutes));
  }

  Samples read(int device) {
    return Settled.value(
        readings.read(
            new Series(new DeviceId(device), new SensorId(55)),
            new TimeRange(0, 4_000_000_000L),
            Integer.MAX_VALUE));
  }

  void close() {
    Settled.value(readings.close());
    Settled.value(journal.close());
    Settled.value(metadata.close());
  }
}
