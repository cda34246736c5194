package io.mestral.smartapi.value;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.TurtleText;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuantityTest {
  private static final Iri KMH = new Iri("urn:kmh");
  private static final Iri MS = new Iri("urn:ms");
  private static final UnitConversion UNITS =
      (value, from, to) ->
          from.equals(MS) && to.equals(KMH)
              ? Optional.of(value.multiply(new BigDecimal("3.6")))
              : from.equals(KMH) && to.equals(MS)
                  ? Optional.of(value.divide(new BigDecimal("3.6"), MathContext.DECIMAL64))
                  : Optional.empty();

  private static Quantity quantity(double value, Iri unit) {
    return new Quantity(Literal.of(value), Optional.of(unit));
  }

  @Test
  void doublesAreEqualWithinATolerance() {
    assertThat(quantity(50, KMH).compare(quantity(13.888888888888889, MS), UNITS))
        .isEqualTo(Order.EQUAL);
    assertThat(quantity(50, KMH).compare(quantity(50.0000001, KMH), UNITS)).isEqualTo(Order.LESS);
    assertThat(quantity(50, KMH).compare(quantity(50.00000001, KMH), UNITS)).isEqualTo(Order.EQUAL);
    assertThat(quantity(50, KMH).compare(quantity(10, MS), UNITS)).isEqualTo(Order.GREATER);
  }

  @Test
  void exactNumbersOfOneUnitAreComparedExactly() {
    Quantity one = new Quantity(Literal.of("1000000000000", Xsd.INTEGER), Optional.of(KMH));
    Quantity other = new Quantity(Literal.of("1000000000001", Xsd.INTEGER), Optional.of(KMH));
    assertThat(one.compare(other, UNITS)).isEqualTo(Order.LESS);
  }

  @Test
  void withoutConversionNothingIsCompared() {
    assertThat(quantity(1, KMH).compare(quantity(1, new Iri("urn:kg")), UNITS))
        .isEqualTo(Order.INCOMPARABLE);
    Quantity text = new Quantity(Literal.of("fast"), Optional.of(MS));
    assertThat(quantity(1, KMH).compare(text, UNITS)).isEqualTo(Order.INCOMPARABLE);
    Quantity infinite = quantity(Double.POSITIVE_INFINITY, KMH);
    assertThat(infinite.compare(quantity(1, KMH), UNITS)).isEqualTo(Order.GREATER);
  }

  @Test
  void aMissingUnitIsThatOfTheOtherValue() {
    Quantity bare = new Quantity(Literal.of(50.0), Optional.empty());
    assertThat(bare.compare(quantity(50, KMH), UNITS)).isEqualTo(Order.EQUAL);
  }

  @Test
  void valueAndUnitAreRead() {
    Iri node = new Iri("https://example.org/vocab#v");
    Graph graph = TurtleText.graph("ex:v qudt:unit <urn:kmh> ; rdf:value 5.0E1 .");
    assertThat(Quantity.read(graph, node)).contains(quantity(50, KMH));
    assertThat(Quantity.read(TurtleText.graph("ex:v qudt:unit <urn:kmh>."), node)).isEmpty();
    Refused.as(
        INVALID_PARAMS,
        () -> Quantity.read(TurtleText.graph("ex:v rdf:value 1, 2 ."), node),
        "2 values");
  }
}
