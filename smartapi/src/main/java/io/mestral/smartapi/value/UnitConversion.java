package io.mestral.smartapi.value;

import io.mestral.smartapi.rdf.Iri;
import java.math.BigDecimal;
import java.util.Optional;

/** Converts numbers from unit to unit. */
public interface UnitConversion {
  /**
   * Converts a number.
   *
   * @param value the number, in the first unit
   * @param fromUnit the unit it is in
   * @param toUnit the wanted unit
   * @return the number in the wanted unit, or nothing when a unit is unknown or they don't measure
   *     the same quantity
   */
  Optional<BigDecimal> convert(BigDecimal value, Iri fromUnit, Iri toUnit);
}
