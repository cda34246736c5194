package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine's {@link DeviceRegistry} does with devices. */
public abstract class DeviceRegistryContract extends MetadataContract {
  private static final String MAC = "a0:b1:c2:d3:e4:f5";

  private DeviceRegistry devices() {
    return metadata().devices();
  }

  @Test
  void aDeviceIsFoundByItsMacAddressAndSeveralByTheirIds() {
    User ada = addUser("ada");
    Device plain = addDevice(ada, "Plain");
    Device full = await(metadata().devices().add(complete(device(ada, "Full"))));
    String mac = full.macAddress().orElseThrow();
    assertThat(await(metadata().devices().findByMac(mac))).contains(full);
    assertThat(await(metadata().devices().findByMac("00:00:00:00:00:00"))).isEmpty();
    assertThat(
            await(
                metadata().devices().findAll(List.of(full.id(), plain.id(), new DeviceId(9_999)))))
        .containsExactlyInAnyOrder(plain, full);
    await(metadata().devices().archive(full.id(), NOON));
    assertThat(await(metadata().devices().findByMac(mac))).isEmpty();
    assertThat(await(metadata().devices().findAll(List.of(full.id())))).isEmpty();
  }

  @Test
  void aDeviceIsFoundAsAdded() throws Exception {
    User ada = addUser("ada");
    Device draft = complete(device(ada, "roof"));
    Device added = await(devices().add(draft));
    assertThat(added.id().value()).isPositive();
    assertThat(added).usingRecursiveComparison().ignoringFields("id").isEqualTo(draft);
    assertThat(await(devices().find(added.id()))).contains(added);
    assertThat(await(devices().findByUuid(added.uuid()))).contains(added);
    assertThat(await(devices().findByUuid(UUID.randomUUID()))).isEmpty();
    assertThat(await(devices().findByToken(draft.token().orElseThrow().hash()))).contains(added);
    reopen();
    assertThat(await(devices().find(added.id()))).contains(added);
  }

  @Test
  void whatIsOptionalMayBeLacking() {
    Device bare = withToken(device(addUser("ada"), "bare"), Optional.empty());
    Device added = await(devices().add(bare));
    assertThat(await(devices().find(added.id()))).contains(added);
    assertThat(added).usingRecursiveComparison().ignoringFields("id").isEqualTo(bare);
  }

  @Test
  void severalDevicesMayLackATokenAndAnAddress() {
    User ada = addUser("ada");
    await(devices().add(withToken(device(ada, "a"), Optional.empty())));
    await(devices().add(withToken(device(ada, "b"), Optional.empty())));
    assertThat(await(devices().ownedBy(ada.id())))
        .extracting(Device::name)
        .containsExactly("a", "b");
  }

  @Test
  void aTokenBelongsToOneDevice() {
    User ada = addUser("ada");
    Device roof = addDevice(ada, "roof");
    Device cellar = addDevice(ada, "cellar");
    assertConflict(devices().add(withToken(device(ada, "x"), roof.token())), "device_token");
    assertConflict(change(cellar, withToken(cellar, roof.token())), "device_token");
    assertThat(await(devices().find(cellar.id()))).contains(cellar);
    assertThat(await(devices().ownedBy(ada.id()))).hasSize(2);
  }

  @Test
  void anAddressIsTakenFromTheDeviceThatHadIt() {
    User ada = addUser("ada");
    Device roof = await(devices().add(withMac(device(ada, "roof"), Optional.of(MAC))));
    Device cellar = await(devices().add(withMac(device(ada, "cellar"), Optional.of(MAC))));
    assertThat(await(devices().find(roof.id())).orElseThrow().macAddress()).isEmpty();
    await(change(roof, withMac(roof, Optional.of(MAC))));
    assertThat(await(devices().find(cellar.id())).orElseThrow().macAddress()).isEmpty();
    assertThat(await(devices().find(roof.id())).orElseThrow().macAddress()).contains(MAC);
  }

  @Test
  void aRefusedDeviceTakesNoAddress() {
    User ada = addUser("ada");
    Device roof = await(devices().add(withMac(device(ada, "roof"), Optional.of(MAC))));
    Device twin = withToken(withMac(device(ada, "twin"), Optional.of(MAC)), roof.token());
    assertConflict(devices().add(twin), "device_token");
    assertThat(await(devices().find(roof.id()))).contains(roof);
  }

  @Test
  void anUpdateReplacesEverythingButIdOwnerAndInfo() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    Device roof = addDevice(ada, "roof");
    Device other = complete(device(grace, "other"));
    Device updated = await(change(roof, other));
    assertThat(updated)
        .usingRecursiveComparison()
        .ignoringFields("id", "owner", "hardware.info")
        .isEqualTo(other);
    assertThat(updated.id()).isEqualTo(roof.id());
    assertThat(updated.owner()).isEqualTo(ada.id());
    assertThat(updated.hardware().info()).isEqualTo(roof.hardware().info());
    assertThat(await(devices().find(roof.id()))).contains(updated);
    assertThat(await(devices().findByToken("token of roof"))).isEmpty();
  }

  @Test
  void changesMadeAtTheSameTimeAllSurvive() {
    Device roof = addDevice(addUser("ada"), "roof");
    List<Future<Device>> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String hash = "token " + i;
      changes.add(devices().update(roof.id(), now -> withName(now, now.name() + "!")));
      changes.add(devices().update(roof.id(), now -> withToken(now, Optional.of(token(hash)))));
    }
    for (Future<Device> change : changes) await(change);
    Device found = await(devices().find(roof.id())).orElseThrow();
    assertThat(found.name()).isEqualTo("roof" + "!".repeat(40));
    assertThat(found.token()).contains(token("token 39"));
    assertThat(await(devices().findByToken("token of roof"))).isEmpty();
  }

  @Test
  void aChangeThatThrowsFailsWithThatAndChangesNothing() {
    Device roof = addDevice(addUser("ada"), "roof");
    RuntimeException thrown = new IllegalStateException("on purpose");
    Future<Device> change =
        devices()
            .update(
                roof.id(),
                now -> {
                  throw thrown;
                });
    assertThat(failureOf(change)).isSameAs(thrown);
    assertThat(await(devices().find(roof.id()))).contains(roof);
  }

  @Test
  void infoIsKeptWithoutTouchingAnythingElse() {
    Device roof = addDevice(addUser("ada"), "roof");
    await(devices().keepInfo(roof.id(), "{\"hw_ver\":\"2.1\"}"));
    Device found = await(devices().find(roof.id())).orElseThrow();
    assertThat(found.hardware().info()).contains("{\"hw_ver\":\"2.1\"}");
    assertThat(found).usingRecursiveComparison().ignoringFields("hardware").isEqualTo(roof);
  }

  @Test
  void changingWhatIsNotThereIsRefused() {
    User ada = addUser("ada");
    DeviceId nowhere = new DeviceId(4711);
    assertRefused(devices().update(nowhere, none -> device(ada, "x")));
    assertRefused(devices().keepInfo(nowhere, "{}"));
    assertRefused(devices().add(withOwner(device(ada, "y"), new UserId(4711))));
    assertThat(await(devices().ownedBy(ada.id()))).isEmpty();
  }

  @Test
  void anArchivedDeviceIsInvisibleEverywhere() throws Exception {
    User ada = addUser("ada");
    Device roof = await(devices().add(withMac(device(ada, "roof"), Optional.of(MAC))));
    Device cellar = addDevice(ada, "cellar");
    await(devices().archive(roof.id(), NOON));
    await(devices().archive(roof.id(), NOON)); // once more does no harm
    for (int round = 0; round < 2; round++) {
      assertThat(await(devices().find(roof.id()))).isEmpty();
      assertThat(await(devices().findByToken("token of roof"))).isEmpty();
      assertThat(await(devices().ownedBy(ada.id()))).containsExactly(cellar);
      assertThat(await(devices().idsOwnedBy(List.of(ada.id()))).get(ada.id()))
          .containsExactly(cellar.id());
      assertThat(await(devices().list(Visibility.ALL, new Paging(1, 10))))
          .isEqualTo(new Page<>(List.of(cellar), 1));
      assertRefused(change(roof, roof));
      assertRefused(devices().keepInfo(roof.id(), "{}"));
      reopen();
    }
  }

  @Test
  void anArchivedDevicesTokenAndAddressAreFreeAndItsIdIsNot() {
    User ada = addUser("ada");
    Device roof = await(devices().add(withMac(device(ada, "roof"), Optional.of(MAC))));
    await(devices().archive(roof.id(), NOON));
    Device next =
        await(devices().add(withToken(withMac(device(ada, "x"), Optional.of(MAC)), roof.token())));
    assertThat(next.macAddress()).contains(MAC);
    assertThat(next.id().value()).isGreaterThan(roof.id().value());
    assertThat(await(devices().findByToken("token of roof"))).contains(next);
  }

  @Test
  void viewersSeePublicDevicesAndTheirOwn() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    Device open = addDevice(ada, "open");
    Device adas = await(devices().add(hidden(device(ada, "adas"))));
    Device graces = await(devices().add(hidden(device(grace, "graces"))));
    Device later = addDevice(grace, "later");
    Paging all = new Paging(1, 10);
    assertThat(await(devices().list(Visibility.PUBLIC, all)))
        .isEqualTo(new Page<>(List.of(open, later), 2));
    assertThat(await(devices().list(Visibility.of(ada.id()), all)))
        .isEqualTo(new Page<>(List.of(open, adas, later), 3));
    assertThat(await(devices().list(Visibility.of(grace.id()), all)))
        .isEqualTo(new Page<>(List.of(open, graces, later), 3));
    assertThat(await(devices().list(Visibility.ALL, all)))
        .isEqualTo(new Page<>(List.of(open, adas, graces, later), 4));
  }

  @Test
  void pagesFollowEachOtherWithoutGapAndCountAll() {
    User ada = addUser("ada");
    List<Device> added = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Device draft = device(ada, "kit " + i);
      added.add(await(devices().add(i % 3 == 0 ? hidden(draft) : draft)));
    }
    for (Visibility view : List.of(Visibility.ALL, Visibility.of(ada.id()))) {
      List<Device> seen = new ArrayList<>();
      for (int page = 1; page <= 3; page++) {
        Page<Device> part = await(devices().list(view, new Paging(page, 10)));
        assertThat(part.total()).isEqualTo(25);
        seen.addAll(part.items());
      }
      assertThat(seen).isEqualTo(added);
      assertThat(await(devices().list(view, new Paging(4, 10))))
          .isEqualTo(new Page<>(List.of(), 25));
    }
    assertThat(await(devices().list(Visibility.PUBLIC, new Paging(2, 10))).items()).hasSize(6);
  }

  @Test
  void everyOwnerIsAKey() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    Device first = addDevice(ada, "first");
    Device second = await(devices().add(hidden(device(ada, "second"))));
    assertThat(await(devices().idsOwnedBy(List.of(ada.id(), grace.id()))))
        .hasSize(2)
        .containsEntry(ada.id(), List.of(first.id(), second.id()))
        .containsEntry(grace.id(), List.of());
    assertThat(await(devices().idsOwnedBy(List.of()))).isEmpty();
  }

  private Future<Device> change(Device device, Device wanted) {
    return devices().update(device.id(), now -> wanted);
  }

  private static void assertRefused(Future<?> future) {
    assertThat(Refusal.of(failureOf(future))).isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  private static Device complete(Device device) {
    return new Device(
        device.id(),
        device.uuid(),
        device.owner(),
        device.name(),
        Optional.of("South side, \u00fcber den D\u00e4chern"),
        device.token(),
        Optional.of("01:02:03:04:05:06"),
        new Location(
            OptionalDouble.of(41.39669),
            OptionalDouble.of(-2),
            OptionalInt.of(-30),
            Optional.of("outdoor"),
            Optional.of("sp3e9bh31y"),
            Optional.of("Sant Mart\u00ed"),
            Optional.of("ES")),
        new Hardware(
            Optional.of("{\"id\":\"x\"}"),
            Optional.of("Kit"),
            Optional.of("2.1"),
            Optional.of("SCK"),
            Optional.of("sck:2,1")),
        new DevicePolicy(false, false, true, true, true, true),
        Optional.of("{\"a\":1}"),
        NOON.minusMillis(7),
        NOON.plusMillis(9));
  }

  private static Device withName(Device device, String name) {
    return new Device(
        device.id(),
        device.uuid(),
        device.owner(),
        name,
        device.description(),
        device.token(),
        device.macAddress(),
        device.location(),
        device.hardware(),
        device.policy(),
        device.meta(),
        device.createdAt(),
        device.updatedAt());
  }

  private static Device withOwner(Device device, UserId owner) {
    return copy(device, owner, device.token(), device.macAddress(), device.policy());
  }

  private static Device withToken(Device device, Optional<SealedToken> token) {
    return copy(device, device.owner(), token, device.macAddress(), device.policy());
  }

  private static Device withMac(Device device, Optional<String> mac) {
    return copy(device, device.owner(), device.token(), mac, device.policy());
  }

  private static Device hidden(Device device) {
    DevicePolicy policy = new DevicePolicy(true, true, false, false, false, false);
    return copy(device, device.owner(), device.token(), device.macAddress(), policy);
  }

  private static Device copy(
      Device device,
      UserId owner,
      Optional<SealedToken> token,
      Optional<String> mac,
      DevicePolicy policy) {
    return new Device(
        device.id(),
        device.uuid(),
        owner,
        device.name(),
        device.description(),
        token,
        mac,
        device.location(),
        device.hardware(),
        policy,
        device.meta(),
        device.createdAt(),
        device.updatedAt());
  }
}
