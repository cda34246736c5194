package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {
  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";

  private Instant now = Instant.parse("2026-02-03T10:06:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LoginBrake brake = brake(60);

  private LoginBrake brake(int perMinute) {
    return new LoginBrake(perMinute, new TokenVault(new byte[32]), new TellingClock(), meters);
  }

  @Test
  void aNameIsRefusedUnseenWhereItWentWrongTooOften() {
    for (int i = 0; i < 10; i++) assertThat(isLookedAt(HOME, "ada", false)).isTrue();
    assertThat(isLookedAt(HOME, "ada", true)).isFalse();
    assertThat(isLookedAt(HOME, "ADA", true)).isFalse();
    assertThat(isLookedAt(HOME, "grace", true)).isTrue();
    assertThat(isLookedAt(ELSEWHERE, "ada", true)).isTrue();
    assertThat(meters.counter("mestral.logins.wrong").count()).isEqualTo(10);
    assertThat(meters.counter("mestral.logins.refused").count()).isEqualTo(2);
  }

  @Test
  void aKitThatComesEveryFewSecondsIsLetInSoonAfterItsTokenIsRightAgain() {
    for (int i = 0; i < 1000; i++) {
      isLookedAt(HOME, "qsm8hj", false);
      assertThat(isLookedAt(HOME, "another", true)).isTrue();
      pass(Duration.ofSeconds(5));
    }
    pass(Duration.ofSeconds(1));
    assertThat(isLookedAt(HOME, "qsm8hj", true)).isTrue();
    for (int i = 0; i < 10; i++) assertThat(isLookedAt(HOME, "qsm8hj", false)).isTrue();
  }

  @Test
  void whoTriesManyNamesIsRefusedByAddress() {
    for (int i = 0; i < 60; i++) assertThat(isLookedAt(HOME, "token" + i, false)).isTrue();
    assertThat(isLookedAt(HOME, "one more", false)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(isLookedAt(HOME, "one more", false)).isTrue();
    assertThat(isLookedAt(HOME, "yet another", false)).isFalse();
  }

  @Test
  void whoTriesOneNameFromManyAddressesIsRefusedByName() {
    for (int i = 0; i < 60; i++) assertThat(isLookedAt("203.0.113." + i, "ada", false)).isTrue();
    assertThat(isLookedAt(HOME, "ada", false)).isFalse();
    assertThat(isLookedAt(HOME, "grace", false)).isTrue();
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() {
    for (int i = 0; i < 60; i++)
      assertThat(isLookedAt("2001:db8:0:7:0:0:0:" + i, "token" + i, false)).isTrue();
    assertThat(isLookedAt("2001:db8:0:7:1:2:3:4", "one more", false)).isFalse();
    assertThat(isLookedAt("2001:db8:0:8:1:2:3:4", "one more", false)).isTrue();
  }

  @Test
  void whatCouldNotBeFoundOutCountsForNothing() {
    for (int i = 0; i < 100; i++)
      brake.guarded(Optional.of(HOME), "ada", () -> Future.failedFuture("no disk"));
    assertThat(isLookedAt(HOME, "ada", true)).isTrue();
  }

  @Test
  void zeroIsNoLimit() {
    LoginBrake open = brake(0);
    for (int i = 0; i < 100; i++)
      assertThat(open.guarded(Optional.of(HOME), "ada", LoginBrakeTest::wrong).succeeded())
          .isTrue();
  }

  @Test
  void theOldestAreForgottenFirst() {
    WrongLogins wrong = new WrongLogins(1, 1000, 2, new TellingClock());
    wrong.add("a");
    wrong.add("b");
    wrong.add("c");
    assertThat(wrong.isTooMany("a")).isFalse();
    assertThat(wrong.isTooMany("b")).isTrue();
    assertThat(wrong.isTooMany("c")).isTrue();
  }

  private boolean isLookedAt(String address, String name, boolean right) {
    Future<Optional<String>> looked =
        brake.guarded(
            Optional.of(address),
            name,
            () -> right ? Future.succeededFuture(Optional.of("in")) : wrong());
    if (looked.failed()) assertThat(Refusal.of(looked.cause())).isEqualTo(Refusal.QUOTA_EXCEEDED);
    return looked.succeeded();
  }

  private static Future<Optional<String>> wrong() {
    return Future.succeededFuture(Optional.empty());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private final class TellingClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
