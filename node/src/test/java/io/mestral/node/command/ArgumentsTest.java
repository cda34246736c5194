package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void optionsTakeTheirValueEitherWayAndKeepTheirOrder() {
    Arguments arguments = parse("word", "--set", "a=1", "--set=b=2", "--switch", "--set", "a=3");

    assertThat(arguments.words()).containsExactly("word");
    assertThat(arguments.options())
        .extracting(Arguments.Option::value)
        .containsExactly("a=1", "b=2", "", "a=3");
    assertThat(arguments.find("--set")).contains("a=3");
    assertThat(arguments.has("--switch")).isTrue();
    assertThat(arguments.has("--other")).isFalse();
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> parse("--nonsense")).hasMessage("unknown option --nonsense");
    assertThatThrownBy(() -> parse("--nonsense=1")).hasMessage("unknown option --nonsense");
    assertThatThrownBy(() -> parse("--set")).hasMessage("--set needs a value");
    assertThatThrownBy(() -> parse("word").refuseWords()).hasMessage("unexpected argument word");
  }

  @Test
  void numbersAndDurationsAreChecked() {
    assertThat(parse("--set", "12").count("--set", 12)).contains(12);
    assertThat(parse("--set", "5s").duration("--set")).contains(Duration.ofSeconds(5));
    for (String bad : List.of("13", "0", "-1", "x", "99999999999"))
      assertThatThrownBy(() -> parse("--set", bad).count("--set", 12))
          .isInstanceOf(UsageError.class);
    assertThatThrownBy(() -> parse("--set", "soon").duration("--set"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("not soon");
  }

  private static Arguments parse(String... args) {
    return Arguments.parse(List.of(args), Set.of("--set", "--other"), Set.of("--switch"));
  }
}
