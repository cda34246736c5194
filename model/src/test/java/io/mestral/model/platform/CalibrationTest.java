package io.mestral.model.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
  @ParameterizedTest
  @CsvSource({
    "x, 5, 5",
    "x/10.0, 257, 25.7",
    "175.72/65536.0*x - 53, 26000, 16.713134765625",
    "2+3*x, 4, 14",
    "(2+3)*x, 4, 20",
    "10 - 4 - x, 3, 3",
    "-x*-2, 3, 6",
    "1e-3*x, 5000, 5",
    "100/x/2, 5, 10"
  })
  void aFormulaIsArithmetic(String formula, double x, double y) {
    assertThat(Calibration.parse(formula).apply(x)).isCloseTo(y, Offset.offset(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "y", "x x", "x+", "(x", "x)", "2**x", "System.exit(0)", "x;1", "table", "x^2"})
  void whatIsNoFormulaIsRefused(String text) {
    assertThatThrownBy(() -> Calibration.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFormulaCannotExhaustTheStack() {
    assertThatThrownBy(() -> Calibration.parse("(".repeat(100_000) + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void aTableInterpolatesAndHoldsItsEnds() {
    Calibration table = Calibration.parse("table 0:50 2:55 3:57");
    assertThat(table.apply(-4)).isEqualTo(50);
    assertThat(table.apply(0)).isEqualTo(50);
    assertThat(table.apply(1)).isEqualTo(52.5);
    assertThat(table.apply(2)).isEqualTo(55);
    assertThat(table.apply(2.5)).isEqualTo(56);
    assertThat(table.apply(3)).isEqualTo(57);
    assertThat(table.apply(99)).isEqualTo(57);
  }

  @Test
  void aTableOutOfOrderIsRefused() {
    assertThatThrownBy(() -> Calibration.parse("table 2:1 1:2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ascend");
  }
}
