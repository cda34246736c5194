package io.mestral.smartapi.value;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says that something is refused, and how. */
public final class Refused {
  private Refused() {}

  /** The call ends in an error of a type whose message has all of the texts. */
  public static void as(ErrorType type, ThrowingCallable call, String... texts) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(call)
        .satisfies(
            error -> org.assertj.core.api.Assertions.assertThat(error.type()).isEqualTo(type))
        .satisfies(
            error ->
                org.assertj.core.api.Assertions.assertThat(error.getMessage()).contains(texts));
  }
}
