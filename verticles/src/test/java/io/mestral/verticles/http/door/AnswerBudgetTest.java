package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerBudgetTest {
  private static final long SOME = AnswerBudget.SMALL + 1;

  private final AnswerBudget budget = new AnswerBudget(2 * SOME);
  private final AnswerBudget.Share one = budget.share();
  private final AnswerBudget.Share another = budget.share();

  @Test
  void answersShareWhatThereIs() {
    assertThat(one.growTo(SOME)).isTrue();
    assertThat(another.growTo(SOME + 1)).isFalse();
    assertThat(another.growTo(SOME)).isTrue();
    assertThat(one.growTo(SOME + 1)).isFalse();
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    one.growTo(2 * SOME);
    assertThat(another.growTo(SOME)).isFalse();
    one.release();
    one.release();
    assertThat(another.growTo(2 * SOME)).isTrue();
    assertThat(one.growTo(SOME)).isFalse();
  }

  @Test
  void oneAloneMayBeOfAnySize() {
    assertThat(one.growTo(SOME)).isTrue();
    assertThat(one.growTo(100 * SOME)).isTrue();
    assertThat(another.growTo(SOME)).isFalse();
  }

  @Test
  void smallOnesDoNotCount() {
    one.growTo(2 * SOME);
    assertThat(another.growTo(AnswerBudget.SMALL)).isTrue();
  }
}
