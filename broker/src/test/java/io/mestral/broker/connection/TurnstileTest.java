package io.mestral.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.connection.Turnstile.Answer;
import io.mestral.broker.connection.Turnstile.Door;
import io.mestral.broker.connection.Turnstile.Wait;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final long HERE = 7;
  private static final Duration STEP = Duration.ofMillis(100); // at 10 a second
  private static final int BURST = 200;

  private long now = Long.MAX_VALUE - 5; // as nanoTime may: it runs over

  private final Turnstile turnstile = new Turnstile(10, Duration.ofSeconds(10), () -> now);

  @Test
  void nobodyWaitsBeforeTwentySecondsWorthCameToNothing() {
    cameToNothing(HERE, BURST);
    assertThat(turnstile.enter(HERE)).isEqualTo(Door.OPEN);
    cameToNothing(HERE, 1);
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(STEP);
  }

  @Test
  void whoKeepsThePaceNeverWaits() {
    for (int i = 0; i < 10 * BURST; i++) {
      assertThat(turnstile.enter(HERE)).isEqualTo(Door.OPEN);
      cameToNothing(HERE, 1);
      passes(STEP);
    }
  }

  @Test
  void eachThatIsTooManyIsWaitedFor() {
    cameToNothing(HERE, BURST + 10);
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(STEP.multipliedBy(10));
    passes(STEP.multipliedBy(9));
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(STEP);
    passes(STEP);
    assertThat(turnstile.enter(HERE)).isEqualTo(Door.OPEN);
    cameToNothing(HERE, 1);
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(STEP);
  }

  @Test
  void whoWaitsIsLetInOneAfterTheOther() {
    cameToNothing(HERE, BURST + 10);
    Wait first = (Wait) turnstile.enter(HERE);
    Wait second = (Wait) turnstile.enter(HERE);
    assertThat(second.time()).isEqualTo(first.time().plus(STEP));
    first.leave().run();
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(second.time());
  }

  @Test
  void theOthersDoNotWait() {
    cameToNothing(HERE, 2 * BURST);
    assertThat(turnstile.enter(HERE + 1)).isEqualTo(Door.OPEN);
  }

  @Test
  void nobodyWaitsLongerThanTheLongest() {
    cameToNothing(HERE, 100_000);
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(Duration.ofSeconds(10));
    passes(Duration.ofSeconds(10));
    assertThat(turnstile.enter(HERE)).isEqualTo(Door.OPEN);
  }

  @Test
  void noMoreThanSoManyOfANetworkWaitAtATime() {
    cameToNothing(HERE, 2 * BURST);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < Turnstile.MOST_HELD; i++) answers.add(turnstile.enter(HERE));
    assertThat(answers).allMatch(Wait.class::isInstance);
    assertThat(turnstile.enter(HERE)).isEqualTo(Door.SHUT);
    ((Wait) answers.get(0)).leave().run();
    assertThat(turnstile.enter(HERE)).isInstanceOf(Wait.class);
    assertThat(turnstile.enter(HERE)).isEqualTo(Door.SHUT);
  }

  @Test
  void whoOwesNothingIsForgottenFirst() {
    cameToNothing(HERE, BURST);
    passes(STEP);
    for (int i = 0; i < Turnstile.MOST_REMEMBERED - 1; i++) cameToNothing(1_000 + i, 1);
    assertThat(turnstile.size()).isEqualTo(Turnstile.MOST_REMEMBERED);
    passes(STEP);
    cameToNothing(10, 1);
    assertThat(turnstile.size()).isEqualTo(2);
    cameToNothing(HERE, 3);
    assertThat(waitOf(turnstile.enter(HERE))).isEqualTo(STEP);
  }

  @Test
  void whoOwesLeastIsForgottenWhenAllOweSomething() {
    cameToNothing(HERE, BURST + 1);
    for (int i = 0; i < Turnstile.MOST_REMEMBERED; i++) cameToNothing(1_000 + i, 2);
    cameToNothing(10, 1);
    assertThat(turnstile.size()).isEqualTo(Turnstile.MOST_REMEMBERED);
    assertThat(turnstile.enter(HERE)).isInstanceOf(Wait.class);
  }

  @Test
  void zeroIsNoLimit() {
    Turnstile open = new Turnstile(0, Duration.ofSeconds(10), () -> now);
    for (int i = 0; i < 10 * BURST; i++) open.cameToNothing(HERE);
    assertThat(open.enter(HERE)).isEqualTo(Door.OPEN);
    assertThat(open.size()).isZero();
  }

  @Test
  void aNetworkIsAnAddressOrHalfOfALongOne() {
    assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
    assertThat(network("::ffff:192.0.2.1")).isEqualTo(network("192.0.2.1"));
    assertThat(network("2001:db8::1")).isEqualTo(network("2001:db8:0:0:ffff::2"));
    assertThat(network("2001:db8::1")).isNotEqualTo(network("2001:db8:0:1::1"));
    assertThat(network("::1")).isNotEqualTo(network("0.0.0.1"));
    assertThat(Turnstile.network(SocketAddress.domainSocketAddress("/run/proxy")))
        .isEqualTo(Turnstile.network(null));
  }

  private static long network(String address) {
    return Turnstile.network(SocketAddress.inetSocketAddress(1883, address));
  }

  private static Duration waitOf(Answer answer) {
    assertThat(answer).isInstanceOf(Wait.class);
    Wait wait = (Wait) answer;
    wait.leave().run();
    return wait.time();
  }

  private void cameToNothing(long network, int times) {
    for (int i = 0; i < times; i++) turnstile.cameToNothing(network);
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }
}
