package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.UnitConversion;
import java.math.BigDecimal;
import java.util.Optional;

/** The library's {@link Units} for comparisons, in which what can't be converted isn't equal. */
public final class Conversions implements UnitConversion {
  private final Units units;

  /** Converts by this library. */
  public Conversions(Units units) {
    this.units = units;
  }

  @Override
  public Optional<BigDecimal> convert(BigDecimal value, Iri fromUnit, Iri toUnit) {
    try {
      return Optional.of(units.convert(value, Measure.in(fromUnit), Measure.in(toUnit)));
    } catch (SmartApiException unfit) {
      return Optional.empty(); // a comparison asks whether, not why not
    }
  }

  /** Today's name of a quantity kind. */
  Iri modern(Iri kind) {
    return units.inFamily(kind, QudtFamily.MODERN);
  }

  /** Whether values of both kinds may be compared. */
  boolean isSameKind(Iri one, Iri other) {
    return units.compatible(one, other);
  }
}
