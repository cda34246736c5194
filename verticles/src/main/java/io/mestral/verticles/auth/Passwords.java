package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.SealedToken;
import io.mestral.verticles.auth.scram.SaslText;
import io.mestral.verticles.auth.scram.ScramKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and checks passwords (Argon2id) on threads of their own: two at a time, so that a storm of
 * log-ins neither blocks an event loop nor fills the memory. Beside the hash stand the keys for
 * SCRAM, sealed: trying passwords against them costs less than against the hash.
 */
public final class Passwords {
  static final int USER_ITERATIONS = 16_384;

  /** RFC 7677's least; tokens are made by chance, and are derived anew at each log-in. */
  private static final int DEVICE_ITERATIONS = 4096;

  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;

  /** What is checked when there is no such user, so that both answers take the same time. */
  private static final String NOBODYS_HASH =
      "$argon2id$v=19$m=7168,t=5,p=1$bWVzdHJhbC1ub2JvZHk$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** Some ten seconds of work; whoever comes later is told to try again. */
  private static final int MOST_WAITING = 64;

  private final AtomicInteger waiting = new AtomicInteger();
  private final WorkerExecutor workers;
  private final TokenVault vault;
  private final SecureRandom random = new SecureRandom();

  /** Shares its threads with every other one of the same Vert.x. */
  public Passwords(Vertx vertx, TokenVault vault) {
    this.vault = vault;
    this.workers = vertx.createSharedWorkerExecutor("passwords", AT_ONCE, 1, TimeUnit.MINUTES);
  }

  /** Succeeds with the text to keep; fails with {@code UNAVAILABLE} when too many wait. */
  public Future<String> hash(Secret password) {
    return whenThereIsRoom(
        () -> new PasswordRecord(Argon2id.DEFAULT.hash(password), sealedKeys(password)).text());
  }

  /** The part of a text that was kept that another node can check a password against, too. */
  public static String portable(String encoded) {
    return PasswordRecord.of(encoded).hash();
  }

  /** The keys for SCRAM in a text that was kept; empty when there are none yet. */
  Optional<ScramKeys> scramKeys(String encoded) {
    return PasswordRecord.of(encoded)
        .scram()
        .map(base64 -> new SealedToken("", Base64.getDecoder().decode(base64)))
        .flatMap(vault::open)
        .flatMap(ScramKeys::decoded);
  }

  /** Succeeds with the keys that follow from a device's token. */
  Future<ScramKeys> deviceKeys(Secret token, byte[] salt) {
    return whenThereIsRoom(() -> ScramKeys.of(token, salt, DEVICE_ITERATIONS));
  }

  /** A password that SASLprep forbids can only be used where it is shown. */
  private Optional<String> sealedKeys(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return SaslText.prepared(password)
        .map(text -> ScramKeys.of(text, salt, USER_ITERATIONS).encoded())
        .map(keys -> Base64.getEncoder().encodeToString(vault.seal(keys).cipher()));
  }

  /**
   * Succeeds with whether the password belongs to the text that was kept; fails with {@code
   * UNAVAILABLE} when too many wait.
   */
  public Future<Boolean> matches(Secret password, String encoded) {
    return whenThereIsRoom(() -> Argon2id.matches(password, PasswordRecord.of(encoded).hash()));
  }

  private <T> Future<T> whenThereIsRoom(Callable<T> work) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new RefusedException(Refusal.UNAVAILABLE, "too many log-ins at once; try again"));
    }
    return workers.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
  }

  /** Takes as long as {@link #matches} and succeeds with false. */
  public Future<Boolean> matchesNobody(Secret password) {
    return matches(password, NOBODYS_HASH).map(false);
  }
}
