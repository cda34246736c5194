package io.mestral.verticles.http.catalogue;

import io.mestral.storage.SensorCatalogue;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Remembers the catalogue for a short while: every device shown needs it, and it hardly changes.
 */
public final class CatalogueCache {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final SensorCatalogue store;
  private final Clock clock;
  private final AtomicReference<Entry> last = new AtomicReference<>();

  /** Reads from the store when what it has is old. */
  public CatalogueCache(SensorCatalogue store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Succeeds with a catalogue at most ten seconds old. */
  public Future<Catalogue> now() {
    Instant now = clock.instant();
    Entry entry = last.get();
    if (entry != null && entry.isFresh(now)) return entry.catalogue;
    Future<Catalogue> read =
        store
            .sensors()
            .compose(
                sensors ->
                    store.measurements().map(measurements -> new Catalogue(sensors, measurements)));
    last.set(new Entry(read, now));
    return read;
  }

  private record Entry(Future<Catalogue> catalogue, Instant readAt) {
    boolean isFresh(Instant now) {
      return !catalogue.failed()
          && !now.isBefore(readAt)
          && Duration.between(readAt, now).compareTo(FRESH) < 0;
    }
  }
}
