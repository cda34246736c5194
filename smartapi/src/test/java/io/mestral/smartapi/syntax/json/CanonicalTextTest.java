package io.mestral.smartapi.syntax.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTextTest {
  private static String number(double number) {
    return new CanonicalText(0, 1 << 20).number(number).toString();
  }

  private static String string(String text) {
    return new CanonicalText(0, 1 << 20).string(text).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "1e-323, 1e-323",
    "1.5e-323, 1.5e-323",
    "2e-323, 2e-323",
    "3e-323, 3e-323",
    "1e-322, 1e-322",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "0.001, 0.001",
    "0.0001, 0.0001",
    "-1e-7, -1e-7",
    "19.25, 19.25",
    "12345678.9, 12345678.9",
    "10000000, 10000000",
    "1e20, 100000000000000000000",
    "1.5e20, 150000000000000000000",
    "2e23, 2e+23",
    "9007199254740994, 9007199254740994"
  })
  void andInEveryOtherRange(double number, String json) {
    assertThat(number(number)).isEqualTo(json);
  }

  /** Shortest, and in the right form: as a decimal number it has no digit too many. */
  @Property(tries = 20_000)
  void aNumberIsReadBackTheSame(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      check(number);
      check((float) number);
      check(bits % 1_000_000_007 / 1000.0);
    }
  }

  @Test
  void theSmallestNumbersAreReadBackTheSame() {
    for (long bits = 1; bits < 5_000; bits++) {
      check(Double.longBitsToDouble(bits));
    }
  }

  private static void check(double number) {
    if (!Double.isFinite(number)) {
      return;
    }
    String json = number(number);
    assertThat(Double.parseDouble(json)).isEqualTo(number == 0 ? 0.0 : number);
    assertThat(json)
        .matches("0|-?(0\\.0{0,5}[1-9][0-9]*|[1-9][0-9]*(\\.[0-9]*[1-9])?(e[+-][1-9][0-9]*)?)");
    double size = Math.abs(number);
    assertThat(json.contains("e")).isEqualTo(size != 0 && (size < 1e-6 || size >= 1e21));
    BigDecimal digits = new BigDecimal(json).stripTrailingZeros();
    if (digits.precision() > 1) {
      BigDecimal shorter = digits.round(new java.math.MathContext(digits.precision() - 1));
      assertThat(shorter.doubleValue()).isNotEqualTo(number);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "-10, -10",
    "99, 99",
    "100, 100",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void wholeNumbersHaveNothingButDigits(long number, String json) {
    assertThat(new CanonicalText(0, 100).number(number).toString()).isEqualTo(json);
  }

  @Test
  void onlyWhatHasToBeEscapedIs() {
    assertThat(string("\u20ac$\u000f\nA'B\"\\\\\"/\u007f\u2028"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\u2028\"");
    assertThat(string("\b\t\f\r\u001f\uD83D\uDE00"))
        .isEqualTo("\"\\b\\t\\f\\r\\u001f\uD83D\uDE00\"");
  }

  @Property
  void aTextIsReadBackTheSame(@ForAll String text) throws IOException {
    Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(text));
    try (JsonParser parser = new JsonFactory().createParser(string(text))) {
      parser.nextToken();
      assertThat(parser.getText()).isEqualTo(text);
    }
  }
}
