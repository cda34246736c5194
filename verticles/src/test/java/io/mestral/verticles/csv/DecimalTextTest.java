package io.mestral.verticles.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "19.72, 19.72",
    "48.1, 48.1",
    "-1, -1",
    "-0.05, -0.05",
    "102400, 102400",
    "0.000001, 0.000001",
    "1234567890123, 1234567890123",
    "999999999.999999, 999999999.999999",
    "0.1e-8, 1E-9",
    "2e23, 2E23",
    "1e300, 1E300",
    "4.9e-324, 5E-324",
    "0.30000000000000004, 0.30000000000000004",
    "2.0E-3, 0.002",
    "1.7976931348623157e308, 1.7976931348623157E308",
  })
  void numbersHaveNoDigitThatSaysNothing(double value, String text) {
    assertThat(text(value)).isEqualTo(text);
  }

  @Property
  void everyNumberReadsBackToItself(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) assertReadsBack(value);
  }

  @Property
  void whatKitsPrintComesOutAsPrinted(
      @ForAll @LongRange(min = -99_999_999, max = 99_999_999) long digits,
      @ForAll @IntRange(max = 6) int places) {
    BigDecimal printed = BigDecimal.valueOf(digits, places);
    BigDecimal plain = digits == 0 ? BigDecimal.ZERO : printed.stripTrailingZeros();
    assertThat(text(printed.doubleValue())).isEqualTo(plain.toPlainString());
  }

  @Property
  void noShorterRoundingWouldDo(@ForAll @DoubleRange(min = -1e12, max = 1e12) double value) {
    assertReadsBack(value);
    BigDecimal told = new BigDecimal(text(value)).stripTrailingZeros();
    if (told.precision() > 1)
      assertThat(told.round(new MathContext(told.precision() - 1, RoundingMode.HALF_EVEN)))
          .satisfies(shorter -> assertThat(shorter.doubleValue()).isNotEqualTo(value));
  }

  private static void assertReadsBack(double value) {
    assertThat(Double.doubleToRawLongBits(Double.parseDouble(text(value))))
        .as("%s, told as %s", value, text(value))
        .isEqualTo(Double.doubleToRawLongBits(value));
  }

  private static String text(double value) {
    byte[] into = new byte[DecimalText.LONGEST + 2];
    int end = DecimalText.write(value, into, 1);
    assertThat(into[end]).as("nothing is written behind the end").isZero();
    assertThat(end - 1).isLessThanOrEqualTo(DecimalText.LONGEST);
    return new String(into, 1, end - 1, StandardCharsets.US_ASCII);
  }
}
