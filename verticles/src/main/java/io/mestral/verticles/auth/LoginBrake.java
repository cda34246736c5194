package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Slows down who tries names, passwords and tokens one after the other, whichever door they try
 * them at. Only what went wrong counts: against the address, the name, and the name from that
 * address; when it went wrong too often of late, nothing is looked at until some time has passed.
 * What goes right is forgotten of the name at that address, so that nobody is held up by a mistake
 * that was mended.
 */
public final class LoginBrake {
  private static final int MINUTE = 60_000;
  private static final int REMEMBERED = 100_000;
  private static final int SHARE_OF_ONE = 6; // of what an address may, a name there may a sixth

  private final boolean on;
  private final WrongLogins addresses;
  private final WrongLogins names;
  private final WrongLogins pairs;
  private final TokenVault vault;
  private final Counter wrong;
  private final Counter refused;

  /**
   * @param perMinute how often it may go wrong for one address or one name; 0 is no limit
   */
  public LoginBrake(int perMinute, TokenVault vault, Clock clock, MeterRegistry meters) {
    int most = Math.max(1, perMinute);
    int mostOfOne = Math.max(1, perMinute / SHARE_OF_ONE);
    this.on = perMinute > 0;
    this.addresses = new WrongLogins(most, MINUTE / most, REMEMBERED, clock);
    this.names = new WrongLogins(most, MINUTE / most, REMEMBERED, clock);
    this.pairs = new WrongLogins(mostOfOne, MINUTE / mostOfOne, REMEMBERED, clock);
    this.vault = vault;
    this.wrong = meters.counter("mestral.logins.wrong");
    this.refused = meters.counter("mestral.logins.refused");
  }

  /**
   * Looks at credentials unless it went wrong too often; then it fails with {@code QUOTA_EXCEEDED}.
   *
   * @param address where they come from
   * @param name what they are said to belong to; it may be a token
   * @param look succeeds empty when they are wrong
   */
  <T> Future<Optional<T>> guarded(
      Optional<String> address, String name, Supplier<Future<Optional<T>>> look) {
    Attempt attempt = attempt(address, name);
    if (isTooMuch(attempt)) return Future.failedFuture(refusal());
    return look.get().onSuccess(found -> settle(attempt, found.isPresent()));
  }

  /** Who tries what; nothing that anybody sent is remembered as it is. */
  record Attempt(String address, String name, String pair) {}

  Attempt attempt(Optional<String> address, String name) {
    String network = address.map(LoginBrake::network).orElse("");
    String hash = vault.hash(Secret.of(name.toLowerCase(Locale.ROOT)));
    return new Attempt(network, hash, network + " " + hash);
  }

  /** Whether it is to be refused unseen. */
  boolean isTooMuch(Attempt attempt) {
    return on
        && (addresses.isTooMany(attempt.address)
            || pairs.isTooMany(attempt.pair)
            || names.isTooMany(attempt.name));
  }

  TooManyWrongLogins refusal() {
    refused.increment();
    return new TooManyWrongLogins();
  }

  void settle(Attempt attempt, boolean right) {
    if (right) {
      pairs.forget(attempt.pair);
      names.forget(attempt.name);
      return;
    }
    wrong.increment();
    addresses.add(attempt.address);
    names.add(attempt.name);
    pairs.add(attempt.pair);
  }

  /** An IPv6 host has a whole network of addresses to come from. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length < 8 ? address : String.join(":", List.of(groups).subList(0, 4));
  }
}
