package io.mestral.smartapi.value;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {
  private static Variant of(String lexical, Iri type) {
    return Variant.of(Literal.of(lexical, type));
  }

  @ParameterizedTest
  @CsvSource({
    "01, integer, 1",
    "+5, integer, 5",
    "21.5, double, 21.5",
    "0.20, float, 0.2",
    "2.50, decimal, 2.50"
  })
  void aTermIsWrittenBackAsItCame(String lexical, String type, BigDecimal value) {
    Literal literal = Literal.of(lexical, new Iri(Xsd.NAMESPACE + type));
    assertThat(Variant.of(literal).term()).isSameAs(literal);
    assertThat(Variant.of(literal).asBigDecimal()).isEqualByComparingTo(value);
  }

  @Test
  void everyJavaTypeHasItsDatatype() {
    assertThat(Variant.of("a").term()).isEqualTo(Literal.of("a"));
    assertThat(Variant.of(5).term()).isEqualTo(Literal.of("5", Xsd.INTEGER));
    assertThat(Variant.of(0.5f).term()).isEqualTo(Literal.of("5.0E-1", Xsd.DOUBLE));
    assertThat(Variant.of(new BigDecimal("1E3")).term()).isEqualTo(Literal.of("1000", Xsd.DECIMAL));
    assertThat(Variant.of(true).term()).isEqualTo(Literal.of("true", Xsd.BOOLEAN));
    assertThat(Variant.of(LocalTime.of(8, 0)).term()).isEqualTo(Literal.of("08:00:00", Xsd.TIME));
    assertThat(Variant.of(Period.of(1, 14, 3)).term())
        .isEqualTo(Literal.of("P2Y2M3D", Xsd.DURATION));
    assertThat(Variant.of(Period.ofDays(-3)).term()).isEqualTo(Literal.of("-P3D", Xsd.DURATION));
    assertThat(Variant.of(Duration.ofMillis(-1500)).term())
        .isEqualTo(Literal.of("-PT1.5S", Xsd.DURATION));
    assertThat(Variant.of(new byte[] {1, 2}).term())
        .isEqualTo(Literal.of("AQI=", Xsd.BASE64_BINARY));
    assertThat(Variant.of(URI.create("urn:a")).term()).isEqualTo(new Iri("urn:a"));
    assertThat(Variant.of(Instant.parse("+12026-03-01T08:00:00.120999Z")).term())
        .isEqualTo(Literal.of("12026-03-01T08:00:00.120Z", Xsd.DATE_TIME));
    assertThat(Variant.of(OffsetDateTime.parse("2026-03-01T10:00:00.5+02:00")).term())
        .isEqualTo(Literal.of("2026-03-01T10:00:00.500+02:00", Xsd.DATE_TIME));
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    Refused.as(INVALID_PARAMS, () -> Variant.ofJava(new Object()), "java.lang.Object", "Instant");
    Refused.as(INVALID_PARAMS, () -> Variant.ofJava(null), "null");
    Refused.as(INVALID_PARAMS, () -> Variant.of(Period.of(1, 0, -1)), "P1Y-1D", "one sign");
    Refused.as(INVALID_PARAMS, () -> Variant.of(URI.create("a")), "relative");
    Refused.as(INVALID_PARAMS, () -> Variant.of(new BigDecimal("1E999999999")), "too long");
    Refused.as(INVALID_PARAMS, () -> Variant.of(BigInteger.TEN.pow(2000)), "too long");
    Refused.as(INVALID_PARAMS, () -> Variant.of(Duration.ofSeconds(Long.MIN_VALUE)), "too long");
  }

  @Test
  void numbersConvertWhenNothingIsLost() {
    assertThat(of("4000.0", Xsd.DOUBLE).asLong()).isEqualTo(4000);
    assertThat(of("4.0E3", Xsd.DOUBLE).asInt()).isEqualTo(4000);
    assertThat(of("14.70", Xsd.DECIMAL).asDouble()).isEqualTo(14.7);
    assertThat(of("9007199254740992", Xsd.INTEGER).asDouble()).isEqualTo(9007199254740992.0);
    assertThat(of("0.20", Xsd.FLOAT).asBigDecimal()).isEqualTo(new BigDecimal("0.2"));
    assertThat(of("42", Xsd.STRING).asInt()).isEqualTo(42);
    assertThat(of("4.2E1", Xsd.STRING).asDouble()).isEqualTo(42);
    assertThat(of("-INF", Xsd.DOUBLE).asDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void numbersDoNotConvertWithLoss() {
    Refused.as(INVALID_PARAMS, () -> of("21.5", Xsd.DOUBLE).asLong(), "21.5", "a whole number");
    Refused.as(INVALID_PARAMS, () -> of("9007199254740993", Xsd.INTEGER).asDouble(), "993");
    Refused.as(INVALID_PARAMS, () -> of("2147483648", Xsd.INTEGER).asInt(), "32 bits");
    Refused.as(INVALID_PARAMS, () -> of("9223372036854775808", Xsd.INTEGER).asLong(), "64 bits");
    Refused.as(INVALID_PARAMS, () -> of("INF", Xsd.DOUBLE).asBigDecimal(), "INF", "finite");
    Refused.as(INVALID_PARAMS, () -> of("abc", Xsd.STRING).asInt(), "abc", "a whole number");
    Refused.as(INVALID_PARAMS, () -> of("true", Xsd.BOOLEAN).asInt(), "true");
    Refused.as(INVALID_PARAMS, () -> Variant.of(new Iri("urn:5")).asInt(), "urn:5");
  }

  @ParameterizedTest
  @CsvSource({
    "300, byte", "-1, unsignedLong", "0, positiveInteger", "1.0, integer", "1E5, decimal",
    "1E1000000000, decimal", "0x10, double", "1d, double", "' 1', integer", "'', double",
    "Infinity, double", "1E, double", "+-1, decimal", "., decimal", "4294967296, unsignedInt"
  })
  void whatIsNoValueOfItsDatatypeIsRefused(String lexical, String type) {
    Variant variant = of(lexical, new Iri(Xsd.NAMESPACE + type));
    Refused.as(INVALID_PARAMS, variant::asBigDecimal, lexical, type);
    assertThat(variant.javaValue()).isEqualTo(variant.term());
  }

  @Test
  void aNumberOfAMillionDigitsIsRefusedAtOnce() {
    Variant variant = of("1".repeat(1 << 20), Xsd.INTEGER);
    Refused.as(INVALID_PARAMS, variant::asBigInteger, "…");
  }

  @Test
  void momentsWithoutZoneAreInUtcAndCutToMilliseconds() {
    assertThat(of("2017-08-28T10:11:12.123456", Xsd.DATE_TIME).asInstant())
        .isEqualTo(Instant.parse("2017-08-28T10:11:12.123Z"));
    assertThat(of("2017-08-28T24:00:00-05:30", Xsd.DATE_TIME).asInstant())
        .isEqualTo(Instant.parse("2017-08-29T05:30:00Z"));
    assertThat(of("2017-08-28T10:11:12.1239+02:00", Xsd.DATE_TIME).asOffsetDateTime())
        .isEqualTo(OffsetDateTime.parse("2017-08-28T10:11:12.123+02:00"));
    assertThat(of("-0001-02-28T00:00:00Z", Xsd.DATE_TIME).asInstant())
        .isEqualTo(Instant.parse("-0001-02-28T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01",
        "2026-02-29T00:00:00Z",
        "2026-03-01T24:00:01Z",
        "2026-03-01T08:00Z",
        "2026-03-01T08:00:00z",
        "2026-03-01T08:00:60Z",
        "26-03-01T08:00:00Z",
        "02026-03-01T08:00:00Z",
        "2026-03-01T08:00:00+14:01",
        "2026-03-01T08:00:00.Z",
        "2026-03-01T08:00:00Z ",
        "2026-3-1T08:00:00Z",
        "+2026-03-01T08:00:00Z",
        "999999999-12-31T24:00:00Z",
        ""
      })
  void whatIsNoMomentIsRefused(String lexical) {
    Refused.as(INVALID_PARAMS, () -> of(lexical, Xsd.DATE_TIME).asInstant(), lexical, "a moment");
  }

  @Test
  void daysAndTimesHaveNoZone() {
    assertThat(of("2024-02-29", Xsd.DATE).asLocalDate()).isEqualTo("2024-02-29");
    Refused.as(INVALID_PARAMS, () -> of("2024-02-29Z", Xsd.DATE).asLocalDate(), "without a zone");
    assertThat(of("24:00:00", Xsd.TIME).asLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
    Refused.as(INVALID_PARAMS, () -> of("08:00:00+01:00", Xsd.TIME).asLocalTime(), "zone");
    Refused.as(INVALID_PARAMS, () -> of("2024-02-29", Xsd.DATE_TIME).asLocalDate(), "a day");
  }

  @ParameterizedTest
  @CsvSource({
    "P1D, PT24H",
    "-PT90M, PT-1H-30M",
    "PT0.5S, PT0.5S",
    "P0Y0M1DT1H, PT25H",
    "PT36H, PT36H"
  })
  void lengthsOfTimeInDaysAndSmaller(String lexical, Duration length) {
    assertThat(of(lexical, Xsd.DURATION).asDuration()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P1M",
        "P",
        "PT",
        "P1S",
        "P1DT",
        "1D",
        "P-1D",
        "PT1.S",
        "PT.5S",
        "P1D2Y",
        "PT1H1D",
        "PT0.0000000001S",
        "P9999999999999999D",
        "P1Y2M3DT4H5M6.7S8",
        "PT1.5M"
      })
  void whatIsNoDurationIsRefused(String lexical) {
    Refused.as(INVALID_PARAMS, () -> of(lexical, Xsd.DURATION).asDuration(), lexical);
  }

  @Test
  void lengthsOfTimeByTheCalendar() {
    assertThat(of("-P14M3D", Xsd.DURATION).asPeriod()).isEqualTo(Period.of(-1, -2, -3));
    assertThat(of("P1DT24H", Xsd.DURATION).asPeriod()).isEqualTo(Period.ofDays(2));
    Refused.as(INVALID_PARAMS, () -> of("P1DT1H", Xsd.DURATION).asPeriod(), "P1DT1H");
    assertThat(of("P1MT1H", Xsd.DURATION).javaValue()).isInstanceOf(Literal.class);
  }

  @Test
  void textAndNames() {
    assertThat(Variant.of(Literal.inLanguage("Auto", "DE")).asString()).isEqualTo("Auto");
    assertThat(of("urn:a", Xsd.ANY_URI).asIri()).isEqualTo(new Iri("urn:a"));
    Refused.as(INVALID_PARAMS, () -> Variant.of("a b").asIri(), "a b", "IRI");
    Refused.as(INVALID_PARAMS, () -> Variant.of(new Blank()).asString(), "text");
    Refused.as(INVALID_PARAMS, () -> Variant.of(1).asNode(), "a node");
    assertThat(of("1", Xsd.BOOLEAN).asBoolean()).isTrue();
    Refused.as(INVALID_PARAMS, () -> Variant.of(1).asBoolean(), "true or false");
    assertThat(of("A Q\nI =", Xsd.BASE64_BINARY).asBytes()).containsExactly(1, 2);
    assertThat(of("01fF", Xsd.HEX_BINARY).asBytes()).containsExactly(1, 255);
    Refused.as(INVALID_PARAMS, () -> of("AQI", Xsd.BASE64_BINARY).asBytes(), "AQI");
  }

  @Property
  void aJavaValueComesBackAsItWas(@ForAll("javaValues") Object value) {
    Variant variant = Variant.ofJava(value);
    assertThat(variant.javaValue()).isEqualTo(value);
    assertThat(Variant.of(variant.term())).isEqualTo(variant).hasSameHashCodeAs(variant);
  }

  @Property
  void aMomentInAZoneComesBackAsItWas(
      @ForAll @LongRange(min = -90_000_000_000_000L, max = 300_000_000_000_000L) long millis,
      @ForAll @IntRange(min = -14 * 60, max = 14 * 60) int minutes) {
    OffsetDateTime moment =
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
    assertThat(Variant.of(moment).asOffsetDateTime()).isEqualTo(moment);
    assertThat(Variant.of(moment).asInstant()).isEqualTo(moment.toInstant());
  }

  /** Whatever stands in a literal, asking for anything ends in a value or in one kind of error. */
  @Property
  void anyLiteralIsConvertedOrRefused(@ForAll("literals") Literal literal) {
    Variant variant = Variant.of(literal);
    assertThat(variant.javaValue()).isNotNull();
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls =
        List.of(
            variant::asBigDecimal,
            variant::asDouble,
            variant::asLong,
            variant::asInstant,
            variant::asLocalDate,
            variant::asLocalTime,
            variant::asDuration,
            variant::asPeriod,
            variant::asBytes,
            variant::asBoolean,
            variant::asIri);
    for (var call : calls) {
      Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(io.mestral.smartapi.error.SmartApiException.class);
      }
    }
    assertThat(ValueSpace.compare(literal, literal)).isIn(Order.EQUAL, Order.UNEQUAL);
  }

  @Provide
  Arbitrary<Object> javaValues() {

    return Arbitraries.oneOf(
        Arbitraries.strings().map(text -> text),
        Arbitraries.longs().map(number -> number),
        Arbitraries.doubles().map(number -> number),
        Arbitraries.bigDecimals().map(number -> number),
        Arbitraries.of(true, false).map(truth -> truth),
        Arbitraries.longs()
            .between(-60_000_000_000_000L, 300_000_000_000_000L)
            .map(Instant::ofEpochMilli),
        Arbitraries.integers().between(-1_000_000, 3_000_000).map(LocalDate::ofEpochDay),
        Arbitraries.longs().between(0, 86_399_999_999_999L).map(LocalTime::ofNanoOfDay),
        Arbitraries.longs().between(-1L << 53, 1L << 53).map(Duration::ofNanos),
        Arbitraries.integers()
            .between(1, 100_000)
            .map(months -> Period.ofMonths(months).normalized()),
        Arbitraries.bytes().array(byte[].class).map(bytes -> bytes));
  }

  @Provide
  Arbitrary<Literal> literals() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("0123456789+-.eETZP:YMDHS").ofMaxLength(24),
            Arbitraries.of(
                "2026-03-01T08:00:00Z",
                "2026-03-01",
                "P1DT1H",
                "1E400",
                "-0",
                "NaN",
                "true",
                "AQI=",
                "08:00:00",
                "P1Y",
                "99999999999999999999"),
            Arbitraries.strings().ofMaxLength(8));
    Arbitrary<Iri> types =
        Arbitraries.of(
            Xsd.STRING,
            Xsd.INTEGER,
            Xsd.BYTE,
            Xsd.DOUBLE,
            Xsd.FLOAT,
            Xsd.DECIMAL,
            Xsd.BOOLEAN,
            Xsd.DATE_TIME,
            Xsd.DATE,
            Xsd.TIME,
            Xsd.DURATION,
            Xsd.BASE64_BINARY,
            Xsd.HEX_BINARY,
            Xsd.ANY_URI,
            Rdf.JSON);
    return net.jqwik.api.Combinators.combine(texts, types).as(Literal::of);
  }

  @Test
  void anythingThatIsATermStaysOne() {
    Term iri = new Iri("urn:a".toLowerCase(Locale.ROOT));
    assertThat(Variant.ofJava(iri).term()).isSameAs(iri);
    assertThat(Variant.ofJava(Variant.of(iri)).javaValue()).isSameAs(iri);
    assertThat(Variant.ofJava(1.5f).javaValue()).isEqualTo(1.5);
    assertThat(Variant.ofJava((short) 3).javaValue()).isEqualTo(3L);
    assertThat(Variant.ofJava(BigInteger.TEN.pow(30)).javaValue())
        .isEqualTo(BigInteger.TEN.pow(30));
  }
}
