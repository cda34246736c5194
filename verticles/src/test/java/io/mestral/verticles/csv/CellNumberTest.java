package io.mestral.verticles.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellNumberTest {
  @Property
  void anyDecimalIsReadAsJavaReadsIt(@ForAll long digits, @ForAll @IntRange(max = 18) int places) {
    String text = java.math.BigDecimal.valueOf(digits, places).toPlainString();
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Property
  void anyDoubleIsReadBack(@ForAll double value) {
    assertThat(parse(Double.toString(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.50", "007", "1e3", "+1", ".5", "5.", "-1"})
  void whatDevicesPrintIsRead(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1.2.3", "0x1p3", "1f", "NaN", "1e999", "12 ", "--1"})
  void whatIsNoNumberIsNone(String text) {
    assertThat(parse(text)).isNaN();
  }

  private static double parse(String text) {
    byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.US_ASCII);
    return CellNumber.parse(bytes, 1, bytes.length - 1);
  }
}
