package io.mestral.smartapi.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.condition.ConditionScope;
import io.mestral.smartapi.condition.GraphScope;
import io.mestral.smartapi.condition.ScopeChain;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.UnitConversion;
import io.mestral.smartapi.vocabulary.Gr;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Iri DISTANCE = new Iri("https://example.org/vocab#distance");
  private static final Iri RIDE = new Iri("urn:ride");
  private static final UnitConversion NONE = (value, from, to) -> Optional.of(value);

  @ParameterizedTest
  @CsvSource({
    "5.0E0, 1.00",
    "1.0E1, 2.00",
    "1.2E1, 1.80",
    "1.0E2, 15.00",
    "0.0E0, 0.00",
    "1.25E-1, 0.02"
  })
  void aPriceDependsOnTheDistance(String kilometres, String euros) throws IOException {
    Graph scooter = example("20-conditional-price");
    Graph ride =
        graph(
            "<urn:ride> ex:distance [ a smartapi:ValueObject ; qudt:unit unit:Kilometer ; rdf:value "
                + kilometres
                + " ] .");
    Optional<Price> price =
        new PriceList(offering(scooter), Units.shared())
            .price(
                List.of(quantity(kilometres, "http://data.nasa.gov/qudt/owl/unit#Kilometer")),
                new GraphScope(ride, RIDE, NONE),
                NOW);
    assertThat(price).get().extracting(one -> one.amount().toPlainString()).isEqualTo(euros);
    assertThat(price).get().returns("EUR", Price::currency);
  }

  @Test
  void whatIsBoughtIsConvertedIntoTheUnitOfThePrice() {
    assertThat(
            price(
                "[ gr:hasCurrency \"EUR\" ; gr:hasCurrencyValue 0.2 ; qudt:unit unit:Kilometer ]",
                quantity("1500.0", "http://qudt.org/vocab/unit/M")))
        .hasValueSatisfying(one -> assertThat(one.amount()).isEqualByComparingTo("0.30"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '4.50'^^xsd:float ] | 4.50 | 4.50 | once for the Entity where there is no unit",
        "[ gr:priceType 'ride' ; gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1.5 ] , [ gr:priceType 'unlock' ; gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ] | 2.50 | 2.50 | types add up",
        "[ smartapi:index 2 ; gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 2 ] , [ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 9 ] , [ smartapi:index 1 ; gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ] | 1.00 | 1.00 | the least index first",
        "[ smartapi:index 1 ; gr:validThrough '2026-03-01T10:00:00Z'^^xsd:dateTime ; gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ] , [ smartapi:index 2 ; gr:validFrom '2026-03-01T10:00:00Z'^^xsd:dateTime ; gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 2 ] | 2.00 | 2.00 | the end isn't part of a validity, the beginning is",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 10 ; smartapi:vatPercentage 24 ] | 10.00 | 12.40 | tax comes on top",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 10 ; smartapi:vatPercentage 24 ; gr:valueAddedTaxIncluded true ] | 10.00 | 10.00 | tax is included",
        "[ gr:hasCurrency 'JPY' ; gr:hasCurrencyValue 10.5 ] | 10 | 10 | a currency without minor unit, half to even",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 0.125 ] | 0.12 | 0.12 | half to even",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '0.1'^^xsd:float ; gr:priceType 'a' ] , [ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '0.2'^^xsd:float ; gr:priceType 'b' ] | 0.30 | 0.30 | decimals of floats",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '1234567.89'^^xsd:float ] | 1234567.89 | 1234567.89 | more digits than a float keeps",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '1.23456789E6'^^xsd:float ] | 1234567.89 | 1234567.89 | more digits than a float keeps, with an exponent",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '1E-999999999'^^xsd:float ] | 0.00 | 0.00 | less than a float can be"
      })
  void theRulesOfPriceLists(String prices, String amount, String withTax, String why) {
    assertThat(price(prices))
        .as(why)
        .hasValueSatisfying(
            one -> {
              assertThat(one.amount().toPlainString()).isEqualTo(amount);
              assertThat(one.withTax().toPlainString()).isEqualTo(withTax);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ; smartapi:hasCondition [ a smartapi:Condition ; sx:onProperty ex:unheard ; sx:less 5 ] ]",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ; gr:validFrom '2026-03-01T10:00:01Z'^^xsd:dateTime ]",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ] ; gr:validThrough '2026-03-01T10:00:00Z'^^xsd:dateTime"
      })
  void anOfferingIsVoidWhenNothingApplies(String prices) {
    assertThat(price(prices)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ gr:hasCurrencyValue 1 ] | A price has no gr:hasCurrency: a code of ISO 4217 is wanted.",
        "[ gr:hasCurrency 'EUR' ] | A price has no gr:hasCurrencyValue: a number is wanted.",
        "[ gr:hasCurrency 'XXY' ; gr:hasCurrencyValue 1 ] | The currency XXY is unknown: a code of ISO 4217 is wanted.",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ; gr:priceType 'a' ] , [ gr:hasCurrency 'USD' ; gr:hasCurrencyValue 1 ; gr:priceType 'b' ] | Prices in EUR and USD can't be added: currencies aren't converted.",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ; qudt:unit unit:Kilometer ] | The price is for each <http://data.nasa.gov/qudt/owl/unit#Kilometer>, and of the quantities that are bought none fits it: exactly one is wanted.",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 , 2 ] | hasCurrencyValue> has 2 values",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 'much' ] | \"much\"",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 'INF'^^xsd:float ] | \"INF\"",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue '1E999999999'^^xsd:double ] | \"1E999999999\"",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ; smartapi:vatPercentage 'NaN'^^xsd:float ] | \"NaN\"",
        "[ gr:hasCurrency 'EUR' ; gr:hasCurrencyValue 1 ; smartapi:index 'first' ] | \"first\""
      })
  void aPriceThatCantBeToldIsRefused(String prices, String text) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> price(prices))
        .withMessageContaining(text)
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void ofTwoQuantitiesThatFitNoneIsTaken() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(
            () ->
                price(
                    "[ gr:hasCurrency \"EUR\" ; gr:hasCurrencyValue 1 ; qudt:unit unit:Kilometer ]",
                    quantity("1.0", "http://qudt.org/vocab/unit/M"),
                    quantity("2.0", "http://qudt.org/vocab/unit/KiloM")))
        .withMessageContaining("more than one fits it: exactly one is wanted.")
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void aConditionThatCantBeReadIsRefusedAndNotTakenAsFalse() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(
            () ->
                price(
                    "[ gr:hasCurrency \"EUR\" ; gr:hasCurrencyValue 1 ; smartapi:hasCondition"
                        + " [ a smartapi:Condition ; sx:onProperty ex:a ; smartapi:regex \"(\" ] ]"))
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void theEntityCountsBeforeWhatTheRequestSays() {
    Graph entity = graph("<urn:e> ex:distance 1 .");
    Graph request = graph("<urn:r> ex:distance 99 ; ex:guests 2 .");
    ConditionScope both =
        new ScopeChain(
            List.of(
                new GraphScope(entity, new Iri("urn:e"), NONE),
                new GraphScope(request, new Iri("urn:r"), NONE)),
            NONE);
    assertThat(both.values(DISTANCE)).containsExactly(Literal.of("1", Xsd.INTEGER));
    assertThat(both.values(new Iri("https://example.org/vocab#guests"))).hasSize(1);
    assertThat(both.values(RIDE)).isEmpty();
  }

  private static Optional<Price> price(String prices, Quantity... bought) {
    Graph graph =
        graph(
            "<urn:o> a gr:Offering ; gr:hasPriceSpecification " + prices.replace('\'', '"') + " .");
    return new PriceList(Offering.at(graph, new Iri("urn:o")), Units.shared())
        .price(List.of(bought), new GraphScope(graph, RIDE, NONE), NOW);
  }

  private static Quantity quantity(String number, String unit) {
    return new Quantity(Literal.of(number, Xsd.DOUBLE), Optional.of(new Iri(unit)));
  }

  private static Offering offering(Graph graph) {
    Resource node =
        graph.subjects().stream()
            .filter(one -> graph.contains(one, Rdf.TYPE, Gr.OFFERING))
            .findFirst()
            .orElseThrow();
    return Offering.at(graph, node);
  }

  private static Graph example(String name) throws IOException {
    try (InputStream in =
        PriceListTest.class.getResourceAsStream("/io/mestral/smartapi/examples/" + name + ".ttl")) {
      return new TurtleReader(Limits.DEFAULT).read(in.readAllBytes());
    }
  }

  private static Graph graph(String turtle) {
    return new TurtleReader(Limits.DEFAULT)
        .read(
            ("""
            @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
            @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
            @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
            @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
            @prefix gr: <http://purl.org/goodrelations/v1#> .
            @prefix ex: <https://example.org/vocab#> .
            """
                    + turtle)
                .getBytes(StandardCharsets.UTF_8));
  }
}
