package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.verticles.auth.LoginBrake.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {
  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";

  private Instant now = Instant.parse("2026-02-03T10:06:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LoginBrake brake = brake(60);

  private LoginBrake brake(int perMinute) {
    return new LoginBrake(
        perMinute, 1_000, new TokenVault(new byte[32]), new TellingClock(), meters);
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
      isTokenLookedAt("qsm8hj", false);
      assertThat(isTokenLookedAt("another", true)).isTrue();
      pass(Duration.ofSeconds(5));
    }
    pass(Duration.ofSeconds(1));
    assertThat(isTokenLookedAt("qsm8hj", true)).isTrue();
    for (int i = 0; i < 10; i++) assertThat(isTokenLookedAt("qsm8hj", false)).isTrue();
  }

  @Test
  void kitsWithOldTokensDontHoldUpTheirNeighbours() {
    for (int i = 0; i < 1000; i++) {
      for (int kit = 0; kit < 40; kit++) isTokenLookedAt("old" + kit, false);
      assertThat(isTokenLookedAt("new" + i, true)).isTrue();
      assertThat(isLookedAt(HOME, "ada", true)).isTrue();
      pass(Duration.ofSeconds(5));
    }
  }

  @Test
  void whoTriesManyTokensIsRefusedByAddress() {
    for (int i = 0; i < 600; i++) assertThat(isTokenLookedAt("token" + i, false)).isTrue();
    assertThat(isTokenLookedAt("one more", true)).isFalse();
    pass(Duration.ofMillis(100));
    assertThat(isTokenLookedAt("one more", true)).isTrue();
  }

  @Test
  void allAtOnceIsNoWayRound() {
    List<Promise<Optional<String>>> looks = new ArrayList<>();
    for (int i = 0; i < 5000; i++)
      brake.guarded(Kind.PASSWORD, Optional.of(HOME), "ada", () -> held(looks));
    assertThat(looks).hasSize(10);
    looks.forEach(look -> look.fail("no disk"));
    for (int i = 0; i < 5000; i++)
      brake.guarded(Kind.TOKEN, Optional.of(HOME), "token" + i, () -> held(looks));
    assertThat(looks).hasSize(610);
  }

  private static Future<Optional<String>> held(List<Promise<Optional<String>>> looks) {
    Promise<Optional<String>> look = Promise.promise();
    looks.add(look);
    return look.future();
  }

  @Test
  void whoLoggedInOfLatePaysForNobodysMistakesButItsOwn() {
    assertThat(isLookedAt(HOME, "ada", true)).isTrue();
    for (int i = 0; i < 60; i++) isLookedAt(HOME, "name" + i, false);
    for (int i = 0; i < 60; i++) isLookedAt("203.0.113." + i, "ada", false);
    assertThat(isLookedAt(HOME, "grace", true)).isFalse();
    assertThat(isLookedAt(ELSEWHERE, "ada", true)).isFalse();
    assertThat(isLookedAt(HOME, "ada", true)).isTrue();
    assertThat(isLookedAt(HOME, "ada", false)).isTrue();
    assertThat(isLookedAt(HOME, "ada", true)).isFalse();
  }

  @Test
  void aDayLaterItIsOneAmongOthers() {
    assertThat(isLookedAt(HOME, "ada", true)).isTrue();
    pass(Duration.ofHours(25));
    for (int i = 0; i < 60; i++) isLookedAt(HOME, "name" + i, false);
    assertThat(isLookedAt(HOME, "ada", true)).isFalse();
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
      brake.guarded(Kind.PASSWORD, Optional.of(HOME), "ada", () -> Future.failedFuture("no disk"));
    assertThat(isLookedAt(HOME, "ada", true)).isTrue();
  }

  @Test
  void zeroIsNoLimit() {
    LoginBrake open = brake(0);
    for (int i = 0; i < 100; i++)
      assertThat(
              open.guarded(Kind.PASSWORD, Optional.of(HOME), "ada", LoginBrakeTest::wrong)
                  .succeeded())
          .isTrue();
  }

  @Test
  void theOldestAreForgottenFirst() {
    WrongLogins wrong = new WrongLogins(1, 2, new TellingClock());
    for (String key : List.of("a", "b", "c")) goWrong(wrong, key);
    assertThat(wrong.remembers("a")).isFalse();
    assertThat(wrong.remembers("b")).isTrue();
    assertThat(wrong.begin("c")).isFalse();
  }

  @Test
  void whatCountsNoMoreIsNotHeld() {
    WrongLogins wrong = new WrongLogins(1, 1_000, new TellingClock());
    for (int i = 0; i < 100; i++) goWrong(wrong, "key" + i);
    assertThat(wrong.size()).isEqualTo(100);
    pass(Duration.ofMinutes(2));
    for (int i = 0; i < 100; i++) goWrong(wrong, "other");
    assertThat(wrong.size()).isEqualTo(1);
  }

  private static void goWrong(WrongLogins wrong, String key) {
    if (wrong.begin(key)) wrong.end(key, true);
  }

  private boolean isTokenLookedAt(String token, boolean right) {
    return isLookedAt(Kind.TOKEN, HOME, token, right);
  }

  private boolean isLookedAt(String address, String name, boolean right) {
    return isLookedAt(Kind.PASSWORD, address, name, right);
  }

  private boolean isLookedAt(Kind kind, String address, String name, boolean right) {
    Future<Optional<String>> looked =
        brake.guarded(
            kind,
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
