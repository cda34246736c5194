package io.mestral.routing.request.call;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Functional;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.vertx.core.Future;
import java.util.List;

/**
 * {@code sx:convertUnit} (Smart API, section 10): Inputs {@code value}, a number, and {@code from}
 * and {@code to}, IRIs of units; Output {@code value} with the number's datatype, a double for
 * whole numbers.
 */
public final class ConvertUnit implements Functional {
  private static final Iri NAME = new Iri(Namespaces.SX + "convertUnit");

  private final Units units;

  /** Between these units. */
  public ConvertUnit(Units units) {
    this.units = units;
  }

  @Override
  public Iri iri() {
    return NAME;
  }

  @Override
  public Future<List<Output>> call(Activity activity, Asker asker) {
    Arguments arguments = Arguments.of(activity);
    Variant value = arguments.one("value");
    Measure from = Measure.in(arguments.one("from").asIri());
    Measure to = Measure.in(arguments.one("to").asIri());
    Literal converted = units.convert(value.asBigDecimal(), from, to, datatype(value));
    return Future.succeededFuture(
        List.of(new Output.Builder().named("value", Variant.of(converted)).build()));
  }

  private static Iri datatype(Variant value) {
    Iri given = ((Literal) value.term()).datatype();
    boolean keeps = given.equals(Xsd.DECIMAL) || given.equals(Xsd.FLOAT);
    return keeps ? given : Xsd.DOUBLE;
  }
}
