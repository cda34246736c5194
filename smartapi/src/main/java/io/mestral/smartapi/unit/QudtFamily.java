package io.mestral.smartapi.unit;

/** The two vocabularies in which a message can name units and quantity kinds. */
public enum QudtFamily {
  /** QUDT as of 2010, {@code http://data.nasa.gov/qudt/owl/}, which the Smart API 1.0 names. */
  LEGACY,
  /** Today's QUDT, {@code http://qudt.org/vocab/}. */
  MODERN
}
