package io.mestral.smartapi.syntax.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785. */
class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource({ // appendix B: the bits of a double and its form
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void numbersAreAsInTheStandard(String bits, String form) throws IOException {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(canonical(new BigDecimal(number).toString())).isEqualTo(form);
    assertThat(new CanonicalText(0, 100).number(number).toString()).isEqualTo(form);
  }

  @Property(tries = 3000)
  void numbersAreShortest(@ForAll double number) throws IOException {
    String canonical = canonical(Double.toString(number));
    assertThat(Double.parseDouble(canonical)).isEqualTo(number == 0 ? 0 : number);
    BigDecimal exact = new BigDecimal(number);
    BigDecimal shortest =
        IntStream.rangeClosed(1, 17)
            .mapToObj(digits -> exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)))
            .filter(rounded -> rounded.doubleValue() == number)
            .findFirst()
            .orElseThrow();
    assertThat(new BigDecimal(canonical)).isEqualByComparingTo(shortest);
  }

  @Property(tries = 3000)
  void fewDigitsAreTheSameTheShortWayAndTheLong(@ForAll int digits, @ForAll byte places)
      throws IOException {
    String plain = BigDecimal.valueOf(digits, Math.floorMod(places, 12)).toPlainString();
    assertThat(canonical(plain)).isEqualTo(canonical(plain + (plain.contains(".") ? "0" : ".0")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[ 1 , 2.50, -0, 1E3 ]|[1,2.5,0,1000]",
        "{\"b\":1,\"a\":{\"d\":[],\"c\":{}}}|{\"a\":{\"c\":{},\"d\":[]},\"b\":1}",
        "{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"\\r\":4}|{\"\\r\":4,\"€\":3,\"😀\":2,\"\ufb33\":1}",
        "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"|\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"",
        "[null,true,false]|[null,true,false]"
      })
  void valuesAreRewritten(String json, String form) throws IOException {
    assertThat(canonical(json)).isEqualTo(form);
    assertThat(canonical(form)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "[1,-1e309]", "1e-99999999999", "1E+401"})
  void numbersBeyondDoublesAreRefused(String json) {
    assertThatThrownBy(() -> canonical(json))
        .isInstanceOfSatisfying(
            SmartApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PARSE_ERROR))
        .hasMessageContaining("double");
  }

  @Test
  void aFormOverItsLimitIsRefused() {
    assertThatThrownBy(() -> canonical("[" + "1,".repeat(600) + "1]"))
        .isInstanceOfSatisfying(
            SmartApiException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR));
  }

  private static String canonical(String json) throws IOException {
    byte[] utf8 = json.getBytes(UTF_8);
    JsonText text = new JsonText(32);
    text.check(utf8);
    try (JsonParser parser = text.open(utf8)) {
      parser.nextToken();
      return CanonicalJson.read(parser, 1000);
    }
  }
}
