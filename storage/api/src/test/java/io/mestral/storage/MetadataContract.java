package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the metadata ports share: an engine that is open, and things to put in. */
public abstract class MetadataContract {
  protected static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  protected static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

  private Vertx vertx;
  private Metadata metadata;

  /** Opens this test's store; when called again, the same one with what it has kept. */
  protected abstract Metadata open(Vertx vertx) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    vertx = Vertx.vertx();
    metadata = open(vertx);
  }

  @AfterEach
  void closeStore() {
    await(metadata.close());
    await(vertx.close());
  }

  protected final Metadata metadata() {
    return metadata;
  }

  protected final Vertx vertx() {
    return vertx;
  }

  protected final void reopen() throws Exception {
    await(metadata.close());
    metadata = open(vertx);
  }

  protected static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError("the future failed", failed.getCause());
    } catch (InterruptedException | TimeoutException endless) {
      throw new AssertionError("the future did not complete", endless);
    }
  }

  protected static Throwable failureOf(Future<?> future) {
    try {
      Object value = future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      throw new AssertionError("should have failed, gave " + value);
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (InterruptedException | TimeoutException endless) {
      throw new AssertionError("the future did not complete", endless);
    }
  }

  protected static void assertConflict(Future<?> future, String field) {
    assertThat(failureOf(future))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.field()).isEqualTo(field));
  }

  protected final User addUser(String name) {
    return await(metadata.users().add(user(name), HASH));
  }

  protected final Device addDevice(User owner, String name) {
    return await(metadata.devices().add(device(owner, name)));
  }

  protected static User user(String name) {
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        name,
        name + "@example.org",
        0,
        Optional.of("Barcelona"),
        Optional.of("ES"),
        Optional.empty(),
        "0123456789abcdef0123456789abcdef01234567",
        NOON,
        NOON);
  }

  /** The user, called so and reached there. */
  protected static User named(User user, String name, String email) {
    return new User(
        user.id(),
        user.uuid(),
        name,
        email,
        user.roleMask(),
        user.city(),
        user.countryCode(),
        user.url(),
        user.legacyApiKey(),
        user.createdAt(),
        user.updatedAt());
  }

  /** A device with a token of its own and nothing that is optional. */
  protected static Device device(User owner, String name) {
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        owner.id(),
        name,
        Optional.empty(),
        Optional.of(token("token of " + name)),
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        NOON,
        NOON);
  }

  protected static SealedToken token(String hash) {
    return new SealedToken(hash, ("cipher of " + hash).getBytes(StandardCharsets.UTF_8));
  }
}
