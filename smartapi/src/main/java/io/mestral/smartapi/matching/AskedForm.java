package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Types;

/**
 * Gives single values and series in the unit, quantity kind and datatype that somebody asked for
 * (Smart API, section 3.2, rule M9), where they aren't properties of an Entity: in Outputs.
 */
public final class AskedForm {
  private final ValueWriter values;

  /**
   * By these units.
   *
   * @param units what values are converted by
   */
  public AskedForm(Units units) {
    this.values = new ValueWriter(units);
  }

  /**
   * Writes a ValueObject, or a TimeSeries with all of its items, which then are pairs of instant
   * and value.
   *
   * @param value what is to be written
   * @param as what is asked for; its value is not looked at
   * @param graph where to
   * @return its node there
   * @throws SmartApiException of type UnitError if it can't be given so, among others a series of
   *     values that have no instants
   */
  public Resource write(Obj value, ValueObject as, Graph.Builder graph) {
    if (!value.isA(Types.TIME_SERIES)) {
      return values.value(value.as(ValueObject::at), as, graph);
    }
    TimeSeries series = value.as(TimeSeries::at);
    if (Series.of(series).items().stream().anyMatch(item -> item.instant().isEmpty())) {
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "A series whose values have no instants is given in its own unit alone; ask for it"
              + " without one.",
          value.node());
    }
    return values.series(series, as, graph, Span.ALWAYS, moment -> true);
  }
}
