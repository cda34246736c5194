package io.mestral.smartapi.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueSpaceTest {
  private static final Map<Order, Order> OPPOSITE =
      Map.of(
          Order.LESS, Order.GREATER,
          Order.GREATER, Order.LESS,
          Order.EQUAL, Order.EQUAL,
          Order.UNEQUAL, Order.UNEQUAL,
          Order.INCOMPARABLE, Order.INCOMPARABLE);

  @ParameterizedTest(name = "{0}^^{1} {4} {2}^^{3}")
  @CsvSource({
    "1, integer, 1.0, decimal, EQUAL",
    "1, integer, 1.0E0, double, EQUAL",
    "01, byte, 1, long, EQUAL",
    "0.5, float, 0.50, decimal, EQUAL",
    "0.1, double, 0.1, decimal, GREATER",
    "0.1, float, 0.1, double, GREATER",
    "9007199254740993, integer, 9007199254740992, double, GREATER",
    "-0.0, double, 0, integer, EQUAL",
    "INF, double, 99999999999999999999999999, integer, GREATER",
    "1, integer, -INF, float, GREATER",
    "INF, double, INF, float, EQUAL",
    "NaN, double, NaN, double, UNEQUAL",
    "NaN, double, 1, integer, UNEQUAL",
    "300, byte, 300, integer, INCOMPARABLE",
    "300, byte, 300, byte, EQUAL",
    "1, integer, 1, string, INCOMPARABLE",
    "2026-03-01T10:00:00+02:00, dateTime, 2026-03-01T08:00:00Z, dateTime, EQUAL",
    "2026-03-01T08:00:00, dateTime, 2026-03-01T08:00:00.000Z, dateTime, EQUAL",
    "2026-03-01T08:00:00.0004Z, dateTime, 2026-03-01T08:00:00.0005Z, dateTime, LESS",
    "2026-03-01, date, 2026-03-02, date, LESS",
    "2026-03-01, date, 2026-03-01T00:00:00Z, dateTime, INCOMPARABLE",
    "08:00:00Z, time, 09:00:00+01:00, time, EQUAL",
    "PT24H, duration, P1D, dayTimeDuration, EQUAL",
    "PT1H, duration, PT61M, duration, LESS",
    "P1M, duration, P30D, duration, UNEQUAL",
    "P12M, duration, P1Y, yearMonthDuration, EQUAL",
    "P1M, duration, P2M, duration, UNEQUAL",
    "true, boolean, 1, boolean, EQUAL",
    "true, boolean, false, boolean, UNEQUAL",
    "AQI=, base64Binary, A Q I =, base64Binary, EQUAL",
    "ff, hexBinary, FF, hexBinary, EQUAL",
    "a, string, b, string, LESS",
    "urn:a, anyURI, urn:b, anyURI, INCOMPARABLE",
    "maybe, boolean, maybe, boolean, EQUAL",
    "maybe, boolean, true, boolean, INCOMPARABLE"
  })
  void valuesAreComparedAndNotHowTheyAreWritten(
      String one, String oneType, String other, String otherType, Order order) {
    Literal first = Literal.of(one, new Iri(Xsd.NAMESPACE + oneType));
    Literal second = Literal.of(other, new Iri(Xsd.NAMESPACE + otherType));
    assertThat(ValueSpace.compare(first, second)).isEqualTo(order);
    assertThat(ValueSpace.compare(second, first)).isEqualTo(OPPOSITE.get(order));
    assertThat(ValueSpace.equal(first, second)).isEqualTo(order == Order.EQUAL);
  }

  @Test
  void textIsOrderedByCodePoint() {
    Literal privateUse = Literal.of("\uE000");
    Literal emoji = Literal.of("\uD83D\uDE00");
    assertThat(ValueSpace.compare(privateUse, emoji)).isEqualTo(Order.LESS);
    assertThat(ValueSpace.compare(Literal.of("a"), Literal.of("ab"))).isEqualTo(Order.LESS);
    assertThat(ValueSpace.compare(Literal.of("B"), Literal.of("a"))).isEqualTo(Order.LESS);
  }

  @Test
  void textInALanguageIsComparedWithItsTag() {
    Literal english = Literal.inLanguage("Speed", "en");
    assertThat(ValueSpace.compare(english, Literal.inLanguage("Speed", "EN")))
        .isEqualTo(Order.EQUAL);
    assertThat(ValueSpace.compare(english, Literal.inLanguage("Speed", "de")))
        .isEqualTo(Order.UNEQUAL);
    assertThat(ValueSpace.compare(english, Literal.of("Speed"))).isEqualTo(Order.INCOMPARABLE);
  }

  @Test
  void nodesAreEqualToThemselvesAlone() {
    Blank blank = new Blank();
    assertThat(ValueSpace.compare(new Iri("urn:a"), new Iri("urn:b"))).isEqualTo(Order.UNEQUAL);
    assertThat(ValueSpace.compare(blank, blank)).isEqualTo(Order.EQUAL);
    assertThat(ValueSpace.compare(blank, new Blank())).isEqualTo(Order.INCOMPARABLE);
    assertThat(ValueSpace.compare(new Iri("urn:a"), Literal.of("urn:a")))
        .isEqualTo(Order.INCOMPARABLE);
  }

  @Property
  void comparingTheOtherWayRoundGivesTheOpposite(
      @ForAll("terms") Term one, @ForAll("terms") Term other) {
    Order order = ValueSpace.compare(one, other);
    assertThat(ValueSpace.compare(other, one)).isEqualTo(OPPOSITE.get(order));
    assertThat(ValueSpace.key(one).equals(ValueSpace.key(other)))
        .isEqualTo(order == Order.EQUAL || one.equals(other));
    if (order == Order.EQUAL) {
      assertThat(ValueSpace.key(one)).hasSameHashCodeAs(ValueSpace.key(other));
    }
  }

  @Property
  void orderIsTransitive(
      @ForAll("terms") Term a, @ForAll("terms") Term b, @ForAll("terms") Term c) {
    if (isAtMost(a, b) && isAtMost(b, c)) {
      assertThat(isAtMost(a, c)).isTrue();
    }
  }

  private static boolean isAtMost(Term one, Term other) {
    return List.of(Order.LESS, Order.EQUAL).contains(ValueSpace.compare(one, other));
  }

  @Provide
  Arbitrary<Term> terms() {
    Arbitrary<Iri> numeric =
        Arbitraries.of(Xsd.INTEGER, Xsd.DOUBLE, Xsd.FLOAT, Xsd.DECIMAL, Xsd.BYTE, Xsd.STRING);
    Arbitrary<Term> numbers =
        net.jqwik.api.Combinators.combine(
                Arbitraries.of(
                    "0",
                    "-0",
                    "0.1",
                    "1",
                    "1.0",
                    "01",
                    "1E0",
                    "NaN",
                    "INF",
                    "300",
                    "-1",
                    "0.10",
                    "9007199254740993",
                    "9007199254740992",
                    "x"),
                numeric)
            .as(Literal::of);
    Arbitrary<Term> times =
        net.jqwik.api.Combinators.combine(
                Arbitraries.of(
                    "2026-03-01T08:00:00Z",
                    "2026-03-01T10:00:00+02:00",
                    "2026-03-01T08:00:00",
                    "P1D",
                    "PT24H",
                    "P1M",
                    "PT25H",
                    "-P1D",
                    "PT86400.0S"),
                Arbitraries.of(Xsd.DATE_TIME, Xsd.DURATION))
            .as(Literal::of);
    return Arbitraries.oneOf(numbers, times);
  }
}
