package io.mestral.verticles.http.catalogue;

import io.mestral.storage.SensorCatalogue;
import io.mestral.verticles.ingestion.CatalogueChanges;
import java.time.Clock;

/**
 * What the catalogue's resources share who change it.
 *
 * @param changes who hears of it
 */
public record CatalogueWrites(
    SensorCatalogue store, CatalogueCache cache, CatalogueChanges changes, Clock clock) {
  /** Told once a change is kept, and when nobody can say whether it is. */
  void told() {
    cache.forget();
    changes.catalogueChanged();
  }
}
