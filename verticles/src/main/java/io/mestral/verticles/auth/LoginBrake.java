package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Slows down who tries names, passwords and tokens one after the other, or all at once, whichever
 * door they try them at. What is tried is charged before it is looked at, and given back unless it
 * was wrong; where too much is charged, nothing is looked at until some time has passed.
 *
 * <p>A password is charged to the address, the name, and the name at that address. A token is
 * charged to the address, where more of them may be wrong, and the same wrong one only once: a kit
 * that goes on with an old token guesses nothing and costs its neighbours nothing. Who logged in of
 * late, and made no mistake at that address since, pays for nobody's mistakes but its own.
 */
public final class LoginBrake {
  private static final int SHARE_OF_ONE = 6; // of what an address may, a name there may a sixth
  private static final int TOKENS = 10; // may be wrong where one password may

  private final boolean on;
  private final WrongLogins passwords;
  private final WrongLogins tokens;
  private final WrongLogins names;
  private final WrongLogins pairs;
  private final RightLogins right;
  private final TokenVault vault;
  private final Counter wrong;
  private final Counter refused;

  /** What is tried. */
  enum Kind {
    /** Costs much to look at, and its name is no secret. */
    PASSWORD,
    /** Found by its hash, or a certificate that was proved already. */
    TOKEN
  }

  /** How it ended. */
  enum Outcome {
    RIGHT,
    WRONG,
    UNKNOWN;

    static Outcome of(AsyncResult<? extends Optional<?>> looked) {
      if (looked.failed()) return UNKNOWN;
      return looked.result().isPresent() ? RIGHT : WRONG;
    }
  }

  /**
   * @param perMinute how many passwords may be wrong for one address or one name; 0 is no limit
   * @param remembered how many addresses, names, and names at addresses are held in memory
   */
  public LoginBrake(
      int perMinute, int remembered, TokenVault vault, Clock clock, MeterRegistry meters) {
    int most = Math.max(1, perMinute);
    int mostOfOne = Math.max(1, perMinute / SHARE_OF_ONE);
    this.on = perMinute > 0;
    this.passwords = new WrongLogins(most, remembered, clock);
    this.tokens = new WrongLogins(TOKENS * most, remembered, clock);
    this.names = new WrongLogins(most, remembered, clock);
    this.pairs = new WrongLogins(mostOfOne, remembered, clock);
    this.right = new RightLogins(remembered, clock);
    this.vault = vault;
    this.wrong = meters.counter("mestral.logins.wrong");
    this.refused = meters.counter("mestral.logins.refused");
  }

  /**
   * Looks at credentials unless it went wrong too often; then it fails with {@code QUOTA_EXCEEDED}.
   *
   * @param address where they come from
   * @param name what they are said to belong to, or the token
   * @param look succeeds empty when they are wrong
   */
  <T> Future<Optional<T>> guarded(
      Kind kind, Optional<String> address, String name, Supplier<Future<Optional<T>>> look) {
    Attempt attempt = attempt(kind, address, name);
    if (!attempt.begin()) return Future.failedFuture(new TooManyWrongLogins());
    return Future.succeededFuture()
        .compose(begun -> look.get())
        .onComplete(looked -> attempt.end(Outcome.of(looked)));
  }

  /** As {@link #guarded}, for a secret that was made by chance and can't be guessed. */
  public <T> Future<Optional<T>> guardedSecret(
      Optional<String> address, String name, Supplier<Future<Optional<T>>> look) {
    return guarded(Kind.TOKEN, address, name, look);
  }

  /** Nothing that anybody sent is remembered as it is. */
  Attempt attempt(Kind kind, Optional<String> address, String name) {
    String network = address.map(Networks::of).orElse("");
    String hash = vault.hash(Secret.of(name.toLowerCase(Locale.ROOT)));
    return new Attempt(kind, network, hash);
  }

  /** Who tries what. It begins and ends once, or several times one after the other. */
  final class Attempt {
    private final Kind kind;
    private final String address;
    private final String name;
    private final String pair;
    private final List<Charge> charges = new ArrayList<>(3);

    private Attempt(Kind kind, String address, String name) {
      this.kind = kind;
      this.address = address;
      this.name = name;
      this.pair = address + " " + name;
    }

    /** Charges it; false when it is to be refused unseen. */
    boolean begin() {
      if (!on || charge(pairs, pair) && (paysOnlyForItself() || chargeOthers())) return true;
      giveBack(false);
      refused.increment();
      return false;
    }

    private boolean paysOnlyForItself() {
      return right.knows(pair) || kind == Kind.TOKEN && pairs.remembers(pair);
    }

    private boolean chargeOthers() {
      return kind == Kind.TOKEN
          ? charge(tokens, address)
          : charge(passwords, address) && charge(names, name);
    }

    private boolean charge(WrongLogins tallies, String key) {
      return tallies.begin(key) && charges.add(new Charge(tallies, key));
    }

    void end(Outcome outcome) {
      if (outcome == Outcome.WRONG) wrong.increment();
      if (!on) return;
      giveBack(outcome == Outcome.WRONG);
      if (outcome == Outcome.WRONG) right.remove(pair);
      if (outcome != Outcome.RIGHT) return;
      pairs.forgive(pair);
      right.add(pair);
    }

    private void giveBack(boolean isWrong) {
      charges.forEach(charge -> charge.tallies.end(charge.key, isWrong));
      charges.clear();
    }
  }

  private record Charge(WrongLogins tallies, String key) {}
}
