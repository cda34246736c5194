package io.mestral.smartapi.condition;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.value.Refused;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionTest {
  @ParameterizedTest
  @CsvSource({
    "^r, red, true",
    "^r, Red, false",
    "(?i)^r, Red, true",
    "'\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}', at 2026-03-01T08:00, true",
    "a{1000}, aaa, false",
    "'[]{9}a]', x]y, true",
    "'a{,5}', 'a{,5}', true",
    "'\\Qa{2000}\\E', 'a{2000}', true",
    "'\\p{L}{3}', äöü, true",
    "'(ab){2}c', ababc, true"
  })
  void whatRe2HasIsAllowed(String expression, String text, boolean found) {
    assertThat(RegularExpression.compile(expression).matcher(text).find()).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a)\\1",
        "(?=a)",
        "(?<!a)b",
        "[a",
        "(a",
        "a)",
        "*",
        "a{1001}",
        "((a{100}){100}){100}",
        "(a{1000}){1000}",
        "((a{30}b){30}c|d){30}",
        "(a|b{500}){3}",
        "(x+){999999999}",
        "((){1000}){1000}",
        "\\8",
        "(?P<n>a",
        "a{1000}{1000}",
        "[[:alpha:]x]{50}{50}"
      })
  void whatItHasNotIsRefused(String expression) {
    Refused.as(INVALID_PARAMS, () -> RegularExpression.compile(expression), expression);
  }

  @Test
  void aLongExpressionIsRefused() {
    Refused.as(INVALID_PARAMS, () -> RegularExpression.compile("a".repeat(1_001)), "1001", "1000");
  }

  @Test
  void deepParenthesesNeedNoStack() {
    String deep = "(".repeat(499) + "a" + ")".repeat(499);
    assertThat(RegularExpression.compile(deep).matcher("a").find()).isTrue();
  }

  @Test
  void matchingIsLinear() {
    Assertions.assertThatNoException()
        .isThrownBy(
            () ->
                org.junit.jupiter.api.Assertions.assertTimeout(
                    Duration.ofSeconds(20),
                    () ->
                        RegularExpression.compile("(a+)+$")
                            .matcher("a".repeat(100_000) + "b")
                            .find()));
  }

  @Property
  void anyTextIsAnExpressionOrRefused(@ForAll("expressions") String expression) {
    Throwable thrown =
        Assertions.catchThrowable(() -> RegularExpression.compile(expression).matcher("ab").find());
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(SmartApiException.class);
    }
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.oneOf(
        Arbitraries.of(
                "a", "(", ")", "{9}", "{99,}", "[", "]", "\\", "Q", "E", "*", "|", "^", "p{", "?",
                ":")
            .list()
            .ofMaxSize(30)
            .map(parts -> String.join("", parts)),
        Arbitraries.strings().ofMaxLength(20));
  }
}
