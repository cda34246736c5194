package io.mestral.verticles.http.catalogue;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import io.mestral.storage.SensorCatalogue;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Remembers the catalogue for a short while: every device shown needs it, and it hardly changes.
 */
public final class CatalogueCache {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final SensorCatalogue store;
  private final Clock clock;
  private final AtomicReference<Entry> last = new AtomicReference<>();

  /** Reads from the store when what it has is old. */
  public CatalogueCache(SensorCatalogue store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What comes next is read anew: somebody changed it here. */
  void forget() {
    last.set(null);
  }

  /** Succeeds with a catalogue at most a second old: another node may have changed it. */
  public Future<Catalogue> now() {
    Instant now = clock.instant();
    Entry entry = last.get();
    if (entry != null && entry.isFresh(now)) return entry.catalogue;
    Future<Catalogue> read = read();
    last.set(new Entry(read, now));
    return read;
  }

  private Future<Catalogue> read() {
    Future<List<Sensor>> sensors = store.sensors();
    Future<List<Measurement>> measurements = store.measurements();
    Future<Map<SensorId, List<Tag>>> tagged = store.tagged();
    return Future.all(sensors, measurements, tagged)
        .map(all -> new Catalogue(sensors.result(), measurements.result(), tagged.result()));
  }

  private record Entry(Future<Catalogue> catalogue, Instant readAt) {
    boolean isFresh(Instant now) {
      return !catalogue.failed()
          && !now.isBefore(readAt)
          && Duration.between(readAt, now).compareTo(FRESH) < 0;
    }
  }
}
