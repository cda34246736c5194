package io.mestral.verticles.http.catalogue;

import io.mestral.storage.SensorCatalogue;
import io.mestral.verticles.ingestion.CatalogueChanges;
import io.vertx.core.Future;
import java.time.Clock;

/**
 * What the catalogue's resources share who change it.
 *
 * @param changes who hears of it
 */
public record CatalogueWrites(
    SensorCatalogue store, CatalogueCache cache, CatalogueChanges changes, Clock clock) {
  /**
   * Told once a change is kept, and when nobody can say whether it is. Always succeeds: with
   * everybody told, or with those left to hear of it later who can't now.
   */
  Future<Void> told() {
    cache.forget();
    return changes.catalogueChanged().otherwiseEmpty();
  }
}
