package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.session.SessionKey;
import io.mestral.config.SessionOptions;
import io.mestral.config.SessionOptions.WhenFull;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CensusTest {
  private final Census census =
      new Census(
          new SessionOptions(
              Duration.ofDays(1), 4, 2, 1000, Duration.ofDays(1), WhenFull.REFUSE, 1000));

  @Test
  void onePrincipalHasItsShareAndNoMore() {
    census.add(session("user:1", "a"));
    assertThat(census.admits(session("user:1", "b"))).isTrue();
    census.add(session("user:1", "b"));
    assertThat(census.admits(session("user:1", "c"))).isFalse();
    assertThat(census.admits(session("user:2", "c"))).isTrue();
    census.remove(session("user:1", "a"));
    assertThat(census.admits(session("user:1", "c"))).isTrue();
  }

  @Test
  void allTogetherHaveABoundToo() {
    for (int i = 1; i <= 4; i++) census.add(session("user:" + i, "a"));
    assertThat(census.admits(session("user:5", "a"))).isFalse();
    census.remove(session("user:4", "a"));
    assertThat(census.admits(session("user:5", "a"))).isTrue();
  }

  @Test
  void whoHasNoNameIsNotTakenForOneWhoHas() {
    for (int i = 1; i <= 3; i++) census.add(session("anonymous", "" + i));
    assertThat(census.admits(session("anonymous", "4"))).isTrue();
  }

  private static SessionKey session(String principal, String clientId) {
    return new SessionKey(principal, clientId);
  }
}
