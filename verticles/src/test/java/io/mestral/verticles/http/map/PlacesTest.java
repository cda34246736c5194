package io.mestral.verticles.http.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Page;
import io.mestral.verticles.http.InMemoryTags;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Device PUBLIC = device(false);
  private static final Device PRIVATE = device(true);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<Promise<Optional<Device>>> lookUps = new LinkedBlockingQueue<>();
  private final Places places = new Places(registry(), new InMemoryTags(), new Home(context));

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aLookUpThatWasAskedEarlierDoesNotUndoALaterOne() throws Exception {
    assertThat(flags()).isZero();
    Promise<Optional<Device>> earlier = change();
    change().complete(Optional.of(PRIVATE));
    earlier.complete(Optional.of(PUBLIC));
    assertThat(flags()).isEqualTo(Place.PRIVATE);
  }

  @Test
  void aLookUpThatFailedHoldsUpNoLaterOne() throws Exception {
    assertThat(flags()).isZero();
    Promise<Optional<Device>> earlier = change();
    Promise<Optional<Device>> later = change();
    earlier.fail("the store is away");
    later.complete(Optional.of(PUBLIC));
    assertThat(flags()).isZero();
    change().complete(Optional.of(PRIVATE));
    assertThat(flags()).isEqualTo(Place.PRIVATE);
  }

  private Promise<Optional<Device>> change() throws Exception {
    Promise<Void> asked = Promise.promise();
    context.runOnContext(
        turn -> {
          places.changed(PUBLIC.id());
          asked.complete();
        });
    asked.future().await(10, TimeUnit.SECONDS);
    Promise<Optional<Device>> lookUp = lookUps.poll();
    assertThat(lookUp).as("a device that changed is looked up").isNotNull();
    return lookUp;
  }

  /** Behind all that was completed before. */
  private int flags() throws Exception {
    Promise<Integer> flags = Promise.promise();
    context.runOnContext(
        turn -> places.now().map(now -> now.places().get(0).flags()).onComplete(flags));
    return flags.future().await(10, TimeUnit.SECONDS);
  }

  /** One device; when it is asked for, the test answers. */
  private DeviceRegistry registry() {
    return (DeviceRegistry)
        Proxy.newProxyInstance(
            DeviceRegistry.class.getClassLoader(),
            new Class<?>[] {DeviceRegistry.class},
            (self, method, arguments) -> {
              if (method.getName().equals("list"))
                return Future.succeededFuture(new Page<>(List.of(PUBLIC), 1));
              assertThat(method.getName()).isEqualTo("find");
              Promise<Optional<Device>> lookUp = Promise.promise();
              lookUps.add(lookUp);
              return lookUp.future();
            });
  }

  private static Device device(boolean isPrivate) {
    return new Device(
        new DeviceId(7),
        UUID.randomUUID(),
        new UserId(1),
        "Roof",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Location(
            OptionalDouble.of(41.4),
            OptionalDouble.of(2.2),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty()),
        Hardware.UNKNOWN,
        new DevicePolicy(isPrivate, true, false, false, false, false),
        Optional.empty(),
        NOW,
        NOW);
  }
}
