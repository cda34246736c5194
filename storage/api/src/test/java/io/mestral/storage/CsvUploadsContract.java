package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.CsvUpload.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine's {@link CsvUploads} does. */
public abstract class CsvUploadsContract extends MetadataContract {
  private User ada;
  private Device roof;

  private CsvUploads uploads() {
    return metadata().csvUploads();
  }

  @BeforeEach
  void makeDevice() {
    ada = addUser("ada");
    roof = addDevice(ada, "roof");
  }

  @Test
  void uploadsComeNewestFirstAndAsAdded() throws Exception {
    CsvUpload first = upload(roof.id(), "26-02-03.CSV", Outcome.KEPT);
    CsvUpload second = upload(roof.id(), "\u2713", Outcome.REFUSED);
    CsvUpload third = upload(roof.id(), "", Outcome.BROKEN_OFF);
    await(uploads().add(List.of(first, second)));
    await(uploads().add(List.of(third)));
    reopen();
    assertThat(await(uploads().of(roof.id(), 10))).containsExactly(third, second, first);
    assertThat(await(uploads().of(roof.id(), 1))).containsExactly(third);
  }

  @Test
  void theOldestMakeRoomOnTheirOwnDeviceOnly() {
    Device cellar = addDevice(addUser("grace"), "cellar");
    await(uploads().add(List.of(upload(cellar.id(), "cellar", Outcome.KEPT))));
    List<CsvUpload> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) many.add(upload(roof.id(), "file " + i, Outcome.KEPT));
    await(uploads().add(many));
    List<CsvUpload> kept = await(uploads().of(roof.id(), 1000));
    assertThat(kept).hasSize(50);
    assertThat(kept.get(0).file()).isEqualTo("file 59");
    assertThat(kept.get(49).file()).isEqualTo("file 10");
    assertThat(await(uploads().of(cellar.id(), 10))).hasSize(1);
  }

  @Test
  void anArchivedDevicesUploadsAreInvisible() {
    await(uploads().add(List.of(upload(roof.id(), "a", Outcome.KEPT))));
    await(metadata().devices().archive(roof.id(), NOON));
    assertThat(await(uploads().of(roof.id(), 10))).isEmpty();
  }

  @Test
  void whatIsNoDeviceHasNoUploads() {
    DeviceId nowhere = new DeviceId(4711);
    assertThat(Refusal.of(failureOf(uploads().add(List.of(upload(nowhere, "a", Outcome.KEPT))))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(uploads().of(nowhere, 10))).isEmpty();
  }

  private CsvUpload upload(DeviceId device, String file, Outcome outcome) {
    return new CsvUpload(
        device, ada.id(), file, outcome, 5_000_000_000L, 70, 700, "{\"skipped\":[]}", NOON);
  }
}
