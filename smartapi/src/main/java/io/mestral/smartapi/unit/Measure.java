package io.mestral.smartapi.unit;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * What a ValueObject says of its value beside the value: {@code qudt:unit} and {@code
 * qudt:quantityKind}.
 *
 * @param unit the unit's IRI in any family; nothing means no unit, or any unit where one is wanted
 * @param quantityKind the kind's IRI in any family, or a unit's, which then is the unit; nothing
 *     means any kind
 */
public record Measure(Optional<Iri> unit, Optional<Iri> quantityKind) {
  /** Neither a unit nor a quantity kind. */
  public static final Measure NONE = new Measure(Optional.empty(), Optional.empty());

  /**
   * A unit alone.
   *
   * @param unit its IRI in any family
   * @return the measure
   */
  public static Measure in(Iri unit) {
    return new Measure(Optional.of(unit), Optional.empty());
  }

  /**
   * A quantity kind alone.
   *
   * @param quantityKind its IRI in any family
   * @return the measure
   */
  public static Measure of(Iri quantityKind) {
    return new Measure(Optional.empty(), Optional.of(quantityKind));
  }

  /**
   * Both.
   *
   * @param quantityKind the kind's IRI in any family
   * @param unit the unit's IRI in any family
   * @return the measure
   */
  public static Measure of(Iri quantityKind, Iri unit) {
    return new Measure(Optional.of(unit), Optional.of(quantityKind));
  }
}
