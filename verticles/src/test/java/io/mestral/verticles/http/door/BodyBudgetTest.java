package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  @Test
  void whatIsTakenIsGoneUntilItIsGivenBack() {
    BodyBudget budget = new BodyBudget(10);
    assertThat(budget.take(7)).isTrue();
    assertThat(budget.take(4)).isFalse();
    assertThat(budget.take(3)).isTrue();
    budget.give(7);
    assertThat(budget.take(7)).isTrue();
    assertThat(budget.take(1)).isFalse();
  }
}
