package io.mestral.smartapi.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
  private static final Units UNITS = Units.shared();

  @Property(tries = 200_000)
  void theFastWayEqualsTheExactOne(
      @ForAll("values") double value, @ForAll @LongRange(max = 1L << 40) long seed) {
    compare(route(new SplittableRandom(seed)), value);
  }

  @Property(tries = 100_000)
  void roundTenthsAreConvertedAlike(@ForAll("temperatures") double value) {
    compare(UNITS.conversion(in("DEG_F"), in("DEG_C")), value);
    compare(UNITS.conversion(in("DEG_C"), in("DEG_F")), value);
    compare(UNITS.conversion(in("MilliDEG_C"), in("DEG_F")), value);
    compare(UNITS.conversion(in("REV-PER-MIN"), in("RAD-PER-SEC")), value);
  }

  /** Numbers that lie on a tie of the 12th digit, or as near as doubles come to one. */
  @Property(tries = 100_000)
  void tiesAreRoundedAlike(
      @ForAll @LongRange(min = 100_000_000_000L, max = 999_999_999_999L) long digits,
      @ForAll("exponents") int exponent) {
    double tie = new BigDecimal(digits + "5").scaleByPowerOfTen(exponent).doubleValue();
    for (double value : new double[] {tie, Math.nextUp(tie), Math.nextDown(tie)}) {
      compare(UNITS.conversion(in("M"), in("KiloM")), value);
      compare(UNITS.conversion(in("KiloM"), in("M")), value);
      compare(UNITS.conversion(in("HR"), in("DAY")), value);
    }
  }

  @Provide
  Arbitrary<Double> values() {
    return Arbitraries.oneOf(
        Arbitraries.doubles(),
        Arbitraries.doubles().between(-1e6, 1e6),
        Arbitraries.bigDecimals()
            .between(new BigDecimal(-100_000), new BigDecimal(100_000))
            .ofScale(2)
            .map(BigDecimal::doubleValue),
        Arbitraries.of(
            0.0, -0.0, 1.0, 273.15, -273.15, -459.67, Double.MIN_VALUE, Double.MAX_VALUE));
  }

  @Provide
  Arbitrary<Double> temperatures() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal(-1_000), new BigDecimal(10_000))
        .ofScale(2)
        .map(BigDecimal::doubleValue);
  }

  @Provide
  Arbitrary<Integer> exponents() {
    return Arbitraries.integers().between(-40, 40);
  }

  private static void compare(Conversion conversion, double value) {
    BigDecimal exact = conversion.convert(BigDecimal.valueOf(value));
    double nearest = conversion.isIdentity() ? value : exact.doubleValue();
    if (Double.isInfinite(nearest)) {
      assertThatExceptionOfType(SmartApiException.class)
          .isThrownBy(() -> conversion.convert(value))
          .withMessageContaining("larger than xsd:double can hold");
    } else {
      assertThat(conversion.convert(value)).as("%s %s", value, conversion).isEqualTo(nearest);
    }
  }

  /** Two units that measure the same. */
  private static Conversion route(SplittableRandom random) {
    List<Unit> list = Linear.UNITS;
    while (true) {
      Unit from = list.get(random.nextInt(list.size()));
      List<Unit> partners = new ArrayList<>();
      Dimension dimension = ((Scale.Linear) from.scale()).dimension();
      int start = random.nextInt(list.size());
      for (int i = 0; i < 200 && partners.isEmpty(); i++) {
        Unit to = list.get((start + i) % list.size());
        if (((Scale.Linear) to.scale()).dimension().equals(dimension)) {
          partners.add(to);
        }
      }
      if (!partners.isEmpty()) {
        return UNITS.conversion(Measure.in(from.iri()), Measure.in(partners.get(0).iri()));
      }
    }
  }

  private static final class Linear {
    static final List<Unit> UNITS =
        ConversionTest.UNITS.all().stream()
            .filter(unit -> unit.scale() instanceof Scale.Linear)
            .sorted(Comparator.comparing(unit -> unit.iri().value()))
            .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "70.7, DEG_F, DEG_C, double, 2.15E1",
    "70.7, DEG_F, DEG_C, float, 2.15E1",
    "70.7, DEG_F, DEG_C, decimal, 21.5",
    "212, DEG_F, DEG_C, integer, 100",
    "212, DEG_F, DEG_C, unsignedByte, 100",
    "-40, DEG_F, DEG_C, byte, -40",
    "7, DAY, WK, int, 1",
    "13.888888888888889, M-PER-SEC, KiloM-PER-HR, integer, 50",
    "1234567890123, M, MilliM, integer, 1234567890123000",
    "1234567890123, M, MilliM, decimal, 1234567890120000",
    "1, MI, M, decimal, 1609.344",
    "1, FT, MI, float, 1.8939393E-4",
    "0, DEG_C, K, decimal, 273.15",
    "0, M, KiloM, decimal, 0",
    "0.1, M, M, decimal, 0.1",
    "12345678901234567890, M, M, unsignedLong, 12345678901234567890",
    "1E300, M, MilliM, double, 1.0E303",
  })
  void writesResultsInTheWantedDatatype(
      BigDecimal value, String from, String to, String datatype, String lexical) {
    Iri wanted = new Iri(Xsd.NAMESPACE + datatype);
    var literal = UNITS.convert(value, in(from), in(to), wanted);
    assertThat(literal.lexical()).isEqualTo(lexical);
    assertThat(literal.datatype()).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "70.7, DEG_F, DEG_C, integer, 'is 21.5, which isn''t a whole number as xsd:integer needs'",
    "1234567890123.5, MilliM, MicroM, int, 'is 1234567890123500, which xsd:int can''t hold'",
    "-1, KiloM, M, unsignedInt, 'allowed are whole numbers from 0 up to 4294967295'",
    "1, KiloM, M, negativeInteger, 'allowed are whole numbers up to -1'",
    "1E300, KiloM, M, float, 'larger than xsd:float can hold'",
    "1E307, KiloM, M, double, 'larger than xsd:double can hold'",
    "1E500, M, KiloM, decimal, 'over 400 digits'",
    "1E-500, M, KiloM, decimal, 'over 400 digits'",
    "1E2000000000, M, KiloM, integer, 'over 400 digits'",
    "1E2000000000, DEG_C, DEG_F, double, 'larger than xsd:double can hold'",
    "1E-2147483647, MilliM, KiloM, double, 'exponent is beyond'",
    "1, KiloM, M, string, 'can''t be written as <http://www.w3.org/2001/XMLSchema#string>'",
    "1, KiloM, M, dateTime, 'allowed are xsd:double, xsd:float, xsd:decimal, xsd:integer'",
    "1234567890123456789.5, HR, DAY, integer, 'isn''t a whole number'",
  })
  void refusesWhatADatatypeCannotHold(
      BigDecimal value, String from, String to, String datatype, String message) {
    Iri wanted = new Iri(Xsd.NAMESPACE + datatype);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> UNITS.convert(value, in(from), in(to), wanted))
        .withMessageContaining(message)
        .satisfies(error -> assertThat(error.type()).isEqualTo(ErrorType.UNIT_ERROR));
  }

  @Test
  void keepsWhatIsNoNumber() {
    Conversion conversion = UNITS.conversion(in("DEG_C"), in("DEG_F"));
    assertThat(conversion.convert(Double.NaN)).isNaN();
    assertThat(conversion.convert(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(conversion.convert(Double.MIN_VALUE)).isEqualTo(32.0);
  }

  @Test
  void comparesExactlyWithoutRounding() {
    Conversion conversion = UNITS.conversion(in("KiloM"), in("M"));
    BigDecimal value = new BigDecimal("1.23456789012345678");
    assertThat(conversion.unrounded(value)).isEqualByComparingTo("1234.56789012345678");
    assertThat(conversion.convert(value)).isEqualByComparingTo("1234.56789012");
  }

  private static Measure in(String name) {
    return Measure.in(new Iri(Namespaces.UNIT + name));
  }
}
