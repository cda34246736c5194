package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine's {@link IngestErrors} does. */
public abstract class IngestErrorsContract extends MetadataContract {
  private IngestErrors errors() {
    return metadata().ingestErrors();
  }

  @Test
  void errorsComeNewestFirstAndAsAdded() throws Exception {
    Device roof = addDevice(addUser("ada"), "roof");
    IngestError first = error(roof.id(), "{\u0000 broken \u2713");
    IngestError second = error(roof.id(), "");
    await(errors().add(first));
    await(errors().add(second));
    reopen();
    assertThat(await(errors().of(roof.id(), 10))).containsExactly(second, first);
    assertThat(await(errors().of(roof.id(), 1))).containsExactly(second);
  }

  @Test
  void theOldestMakesRoomOnItsOwnDeviceOnly() {
    Device roof = addDevice(addUser("ada"), "roof");
    Device cellar = addDevice(addUser("grace"), "cellar");
    await(errors().add(error(cellar.id(), "cellar")));
    List<Future<Void>> added = new ArrayList<>();
    for (int i = 0; i < IngestErrors.KEPT_PER_DEVICE + 20; i++)
      added.add(errors().add(error(roof.id(), "message " + i)));
    await(Future.all(added));
    List<IngestError> kept = await(errors().of(roof.id(), 1000));
    assertThat(kept).hasSize(IngestErrors.KEPT_PER_DEVICE);
    assertThat(kept.get(0).message()).isEqualTo("message 119");
    assertThat(kept.get(99).message()).isEqualTo("message 20");
    assertThat(await(errors().of(cellar.id(), 10))).hasSize(1);
  }

  @Test
  void whatIsNoDeviceHasNoErrors() {
    DeviceId nowhere = new DeviceId(4711);
    assertThat(Refusal.of(failureOf(errors().add(error(nowhere, "x")))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(errors().of(nowhere, 10))).isEmpty();
  }

  @Test
  void anArchivedDevicesErrorsAreInvisible() {
    Device roof = addDevice(addUser("ada"), "roof");
    await(errors().add(error(roof.id(), "x")));
    await(metadata().devices().archive(roof.id(), NOON));
    assertThat(await(errors().of(roof.id(), 10))).isEmpty();
  }

  private static IngestError error(DeviceId device, String message) {
    return new IngestError(
        device,
        "device/sck/ab…/readings",
        message,
        "MalformedReading",
        "Message not parsed: x",
        NOON);
  }
}
