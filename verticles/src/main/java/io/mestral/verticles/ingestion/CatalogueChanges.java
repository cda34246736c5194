package io.mestral.verticles.ingestion;

/** Hears that sensors or measurements were added or changed, once that is kept. */
@FunctionalInterface
public interface CatalogueChanges {
  /** What was remembered of the catalogue is read anew. */
  void catalogueChanged();
}
