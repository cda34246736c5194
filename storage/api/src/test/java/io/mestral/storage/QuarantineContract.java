package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine's {@link Quarantine} does. */
public abstract class QuarantineContract extends MetadataContract {
  private Quarantine quarantine() {
    return metadata().quarantine();
  }

  @Test
  void entriesComeAsAddedTheLastFirst() throws Exception {
    Device roof = addDevice(addUser("ada"), "roof");
    QuarantinedEntry first = entry(roof.id(), "{\"recorded_at\":\"1970-01-01T00:00:00Z\"}");
    QuarantinedEntry second = entry(roof.id(), "\u2713");
    await(quarantine().add(List.of(first, second)));
    await(quarantine().add(List.of()));
    reopen();
    assertThat(await(quarantine().of(roof.id(), 10))).containsExactly(second, first);
    assertThat(await(quarantine().of(roof.id(), 1))).containsExactly(second);
  }

  @Test
  void theOldestMakeRoomOnTheirOwnDeviceOnly() {
    Device roof = addDevice(addUser("ada"), "roof");
    Device cellar = addDevice(addUser("grace"), "cellar");
    await(quarantine().add(List.of(entry(cellar.id(), "cellar"))));
    List<QuarantinedEntry> many = new ArrayList<>();
    for (int i = 0; i < Quarantine.KEPT_PER_DEVICE + 20; i++)
      many.add(entry(roof.id(), "entry " + i));
    await(quarantine().add(many));
    List<QuarantinedEntry> kept = await(quarantine().of(roof.id(), 10_000));
    assertThat(kept).hasSize(Quarantine.KEPT_PER_DEVICE);
    assertThat(kept.get(0).entry()).isEqualTo("entry 1019");
    assertThat(kept.get(999).entry()).isEqualTo("entry 20");
    assertThat(await(quarantine().of(cellar.id(), 10))).hasSize(1);
  }

  @Test
  void ofSeveralEntriesAllAreKeptOrNone() {
    Device roof = addDevice(addUser("ada"), "roof");
    DeviceId nowhere = new DeviceId(4711);
    List<QuarantinedEntry> both = List.of(entry(roof.id(), "x"), entry(nowhere, "y"));
    assertThat(Refusal.of(failureOf(quarantine().add(both)))).isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(quarantine().of(roof.id(), 10))).isEmpty();
    assertThat(await(quarantine().of(nowhere, 10))).isEmpty();
  }

  @Test
  void anArchivedDevicesEntriesAreInvisible() {
    Device roof = addDevice(addUser("ada"), "roof");
    await(quarantine().add(List.of(entry(roof.id(), "x"))));
    await(metadata().devices().archive(roof.id(), NOON));
    assertThat(await(quarantine().of(roof.id(), 10))).isEmpty();
  }

  private static QuarantinedEntry entry(DeviceId device, String entry) {
    return new QuarantinedEntry(device, entry, "Timestamp not within range", NOON);
  }
}
