package io.mestral.verticles.http.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Settled;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceTownsTest {
  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final UserId owner = stores.user("ada");
  private final DeviceRegistry devices = stores.metadata().devices();
  private final List<DeviceId> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  @Test
  void whatStandsSomewhereGetsItsTownAndTheRestStays() {
    Device kit = add(at(41.39669, 2.19219));
    Device boat = add(at(0, -30));
    Device nowhere = add(Location.UNKNOWN);
    Device named = add(at(41.39669, 2.19219).in(Optional.of("Barcino"), Optional.of("ES")));
    Settled.value(towns().complete());
    assertThat(find(kit).location().city()).contains("Barcelona");
    assertThat(find(kit).location().countryCode()).contains("ES");
    assertThat(find(kit).updatedAt()).isEqualTo(kit.updatedAt());
    for (Device other : List.of(boat, nowhere, named)) assertThat(find(other)).isEqualTo(other);
    assertThat(told).containsExactly(kit.id());
  }

  private DeviceTowns towns() {
    return new DeviceTowns(
        devices,
        new DeviceChanges() {
          @Override
          public void changed(Device device) {
            told.add(device.id());
          }

          @Override
          public void tokenLost(Device device) {
            throw new AssertionError("it has the token it had");
          }
        },
        Geography.shipped());
  }

  private Device find(Device device) {
    return Settled.value(devices.find(device.id())).orElseThrow();
  }

  private static Location at(double latitude, double longitude) {
    return new Location(
        OptionalDouble.of(latitude),
        OptionalDouble.of(longitude),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of("sp3e9bh31y"));
  }

  private Device add(Location place) {
    Instant then = Instant.parse("2026-02-03T10:00:00Z");
    return Settled.value(
        devices.add(
            new Device(
                new DeviceId(0),
                UUID.randomUUID(),
                owner,
                "Kit",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                place,
                Hardware.UNKNOWN,
                DevicePolicy.DEFAULT,
                Optional.empty(),
                then,
                then)));
  }
}
