package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every engine's {@link DeviceRegistry} does with components. */
public abstract class ComponentsContract extends MetadataContract {
  private static final SensorId OLD_TEMPERATURE = new SensorId(4);
  private static final SensorId NEWER_TEMPERATURE = new SensorId(12);
  private static final SensorId HUMIDITY = new SensorId(5);

  private DeviceRegistry devices() {
    return metadata().devices();
  }

  @Test
  void aComponentIsMadeOnce() throws Exception {
    Device roof = addDevice(addUser("ada"), "roof");
    Component made = await(devices().component(roof.id(), HUMIDITY, "hum", NOON));
    assertThat(made.device()).isEqualTo(roof.id());
    assertThat(made.sensor()).isEqualTo(HUMIDITY);
    assertThat(made.key()).isEqualTo("hum");
    assertThat(made.createdAt()).isEqualTo(NOON);
    assertThat(await(devices().component(roof.id(), HUMIDITY, "other", NOON.plusSeconds(1))))
        .isEqualTo(made);
    reopen();
    assertThat(await(devices().component(roof.id(), HUMIDITY, "hum", NOON))).isEqualTo(made);
  }

  @Test
  void aKeyThatTheDeviceHasGetsANumber() {
    Device roof = addDevice(addUser("ada"), "roof");
    assertThat(key(roof, 4, "temp")).isEqualTo("temp");
    assertThat(key(roof, 12, "temp")).isEqualTo("temp_1");
    assertThat(key(roof, 55, "temp")).isEqualTo("temp_2");
    assertThat(key(roof, 113, "t")).isEqualTo("t");
  }

  @Test
  void anotherDeviceHasKeysOfItsOwn() {
    Device roof = addDevice(addUser("ada"), "roof");
    Device cellar = addDevice(addUser("grace"), "cellar");
    assertThat(key(roof, 4, "temp")).isEqualTo("temp");
    assertThat(key(cellar, 12, "temp")).isEqualTo("temp");
  }

  @Test
  void whoeverAsksAtTheSameTimeGetsTheSameComponent() {
    Device roof = addDevice(addUser("ada"), "roof");
    List<Future<Component>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(devices().component(roof.id(), OLD_TEMPERATURE, "temp", NOON));
      asked.add(devices().component(roof.id(), NEWER_TEMPERATURE, "temp", NOON));
    }
    Set<Component> given = new HashSet<>();
    asked.forEach(future -> given.add(await(future)));
    assertThat(given).extracting(Component::sensor).hasSize(2);
    assertThat(given).extracting(Component::key).containsExactlyInAnyOrder("temp", "temp_1");
    assertThat(await(devices().components(List.of(roof.id()))).get(roof.id()))
        .containsExactlyInAnyOrderElementsOf(given);
  }

  @Test
  void componentsComeBySensorAndEveryDeviceIsAKey() {
    Device roof = addDevice(addUser("ada"), "roof");
    Device bare = addDevice(addUser("grace"), "bare");
    Component twelve = await(devices().component(roof.id(), NEWER_TEMPERATURE, "temp", NOON));
    Component four = await(devices().component(roof.id(), OLD_TEMPERATURE, "temp", NOON));
    DeviceId nowhere = new DeviceId(4711);
    assertThat(await(devices().components(List.of(roof.id(), bare.id(), nowhere))))
        .hasSize(3)
        .containsEntry(roof.id(), List.of(four, twelve))
        .containsEntry(bare.id(), List.of())
        .containsEntry(nowhere, List.of());
  }

  @Test
  void whatDoesNotExistOrIsArchivedGetsNoComponent() {
    Device roof = addDevice(addUser("ada"), "roof");
    await(devices().component(roof.id(), HUMIDITY, "hum", NOON));
    assertThat(refusal(new DeviceId(4711), HUMIDITY)).isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(refusal(roof.id(), new SensorId(99_999))).isEqualTo(Refusal.PROTOCOL_ERROR);
    await(devices().archive(roof.id(), NOON));
    assertThat(refusal(roof.id(), HUMIDITY)).isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(devices().components(List.of(roof.id())))).containsEntry(roof.id(), List.of());
  }

  private String key(Device device, int sensor, String wanted) {
    return await(devices().component(device.id(), new SensorId(sensor), wanted, NOON)).key();
  }

  private Refusal refusal(DeviceId device, SensorId sensor) {
    return Refusal.of(failureOf(devices().component(device, sensor, "k", NOON)));
  }
}
