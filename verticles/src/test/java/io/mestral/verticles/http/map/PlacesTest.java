package io.mestral.verticles.http.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.Settled;
import io.mestral.verticles.bus.Home;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
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

  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final UserId owner = stores.user("ada");
  private final DeviceRegistry devices = stores.metadata().devices();
  private final Device roof = Settled.value(devices.add(device(false)));
  private final Detours detours = new Detours();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<LookUp> lookUps = new LinkedBlockingQueue<>();
  private final BlockingQueue<Future<?>> tagsFound = new LinkedBlockingQueue<>();
  private final Places places =
      new Places(
          detours.to(DeviceRegistry.class, devices),
          detours.to(DeviceTags.class, stores.metadata().deviceTags()),
          new Home(context));

  /** What the store found, which the test hands on when it wants. */
  private record LookUp(Future<?> found, Promise<Object> answer) {}

  /** Hands on what was found, and waits until the device's tags are found too. */
  private void hand(LookUp lookUp) throws Exception {
    lookUp.answer.complete(Settled.value(lookUp.found));
    Settled.value(tagsFound.poll(10, TimeUnit.SECONDS));
  }

  /** Has the places read, and holds back what is looked up alone from then on. */
  private void load() throws Exception {
    assertThat(flags()).isZero();
    detours.always(
        DeviceRegistry.class,
        "find",
        asked -> {
          LookUp lookUp = new LookUp(asked.answer(), Promise.promise());
          lookUps.add(lookUp);
          return lookUp.answer.future();
        });
    detours.always(
        DeviceTags.class,
        "of",
        asked -> {
          Future<?> tags = asked.answer();
          tagsFound.add(tags);
          return tags;
        });
  }

  @AfterEach
  void close() throws Exception {
    stores.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aLookUpThatWasAskedEarlierDoesNotUndoALaterOne() throws Exception {
    load();
    LookUp earlier = change(false);
    LookUp later = change(true);
    hand(later);
    hand(earlier);
    assertThat(flags()).isEqualTo(Place.PRIVATE);
  }

  @Test
  void aLookUpThatFailedHoldsUpNoLaterOne() throws Exception {
    load();
    LookUp earlier = change(false);
    LookUp later = change(false);
    earlier.answer.fail("the store is away");
    hand(later);
    assertThat(flags()).isZero();
    hand(change(true));
    assertThat(flags()).isEqualTo(Place.PRIVATE);
  }

  /** Makes the device private or public, tells of it, and waits until the store has found that. */
  private LookUp change(boolean isPrivate) throws Exception {
    Settled.value(devices.update(roof.id(), before -> device(before.id(), isPrivate)));
    Promise<Void> asked = Promise.promise();
    context.runOnContext(
        turn -> {
          places.changed(roof.id());
          asked.complete();
        });
    asked.future().await(10, TimeUnit.SECONDS);
    LookUp lookUp = lookUps.poll();
    assertThat(lookUp).as("a device that changed is looked up").isNotNull();
    Settled.value(lookUp.found);
    return lookUp;
  }

  /** Behind all that was completed before. */
  private int flags() throws Exception {
    Promise<Integer> flags = Promise.promise();
    context.runOnContext(
        turn -> places.now().map(now -> now.places().get(0).flags()).onComplete(flags));
    return flags.future().await(10, TimeUnit.SECONDS);
  }

  private Device device(boolean isPrivate) {
    return device(new DeviceId(0), isPrivate);
  }

  private Device device(DeviceId id, boolean isPrivate) {
    return new Device(
        id,
        UUID.randomUUID(),
        owner,
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
