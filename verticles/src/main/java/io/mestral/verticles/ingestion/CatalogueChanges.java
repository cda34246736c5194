package io.mestral.verticles.ingestion;

import io.vertx.core.Future;

/** Hears that sensors or measurements were added or changed, once that is kept. */
@FunctionalInterface
public interface CatalogueChanges {
  /**
   * Succeeds when messages that come from now on go by the catalogue as it is; fails when it can't
   * be read just now, and is read later then.
   */
  Future<Void> catalogueChanged();
}
