package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.Departures.Leaving;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry promises of those who leave. */
public abstract class DeparturesContract extends MetadataContract {
  private static final Instant LATER = NOON.plus(Duration.ofDays(1));
  private User ada;
  private Device roof;
  private Device cellar;
  private Departures departures;

  @BeforeEach
  void addAda() {
    ada = addUser("ada");
    roof = addDevice(ada, "roof");
    cellar = addDevice(ada, "cellar");
    departures = metadata().departures();
  }

  @Test
  void whoLeavesIsGoneAtOnceWithAllDevicesAndTokens() {
    ApiToken mine =
        new ApiToken(token("t"), ada.id(), ApiToken.Kind.PRIVATE, NOON, Optional.empty());
    await(metadata().tokens().add(mine));
    assertThat(await(departures.archive(ada.id(), false, NOON))).containsExactly(roof, cellar);
    assertThat(await(metadata().users().find(ada.id()))).isEmpty();
    assertThat(await(metadata().tokens().find("t"))).isEmpty();
    assertThat(await(metadata().devices().find(roof.id()))).isEmpty();
    assertThat(await(metadata().devices().findByToken(roof.token().orElseThrow().hash())))
        .isEmpty();
    assertThat(addUser("ada").id()).as("the name is free").isNotEqualTo(ada.id());
    assertThat(failureOf(departures.archive(ada.id(), false, NOON)))
        .hasMessageContaining("no user");
  }

  @Test
  void devicesAreDueWithWhatIsToBecomeOfTheirReadings() {
    Device alone = addDevice(addUser("bob"), "alone");
    await(departures.archive(ada.id(), true, NOON));
    await(metadata().devices().archive(alone.id(), NOON.plusSeconds(1)));
    assertThat(await(departures.devicesDue(NOON, 10))).isEmpty();
    assertThat(await(departures.devicesDue(LATER, 10)))
        .containsExactly(
            new Leaving(roof.id(), true),
            new Leaving(cellar.id(), true),
            new Leaving(alone.id(), false));
    assertThat(await(departures.devicesDue(LATER, 1))).hasSize(1);
  }

  @Test
  void readingsAreToGoOfDevicesThatWereArchivedBeforeTheirOwnerLeft() {
    Device others = addDevice(addUser("bob"), "others");
    for (Device one : List.of(roof, others)) await(metadata().devices().archive(one.id(), NOON));
    await(departures.archive(ada.id(), true, NOON.plusSeconds(1)));
    assertThat(await(departures.devicesDue(LATER, 10)))
        .containsExactly(
            new Leaving(roof.id(), true),
            new Leaving(others.id(), false),
            new Leaving(cellar.id(), true));
  }

  @Test
  void whoLeavesTheReadingsLeavesThemOfFormerDevicesToo() {
    await(metadata().devices().archive(roof.id(), NOON));
    await(departures.archive(ada.id(), false, NOON.plusSeconds(1)));
    assertThat(await(departures.devicesDue(LATER, 10)))
        .containsExactly(new Leaving(roof.id(), false), new Leaving(cellar.id(), false));
  }

  @Test
  void theSensorsOfAnArchivedDeviceAreKnownUntilItIsDestroyed() {
    for (int sensor : List.of(55, 4))
      await(metadata().devices().component(roof.id(), new SensorId(sensor), "t", NOON));
    await(metadata().devices().component(cellar.id(), new SensorId(12), "t", NOON));
    await(departures.archive(ada.id(), true, NOON));
    assertThat(await(departures.sensors(roof.id())))
        .containsExactly(new SensorId(4), new SensorId(55));
    await(departures.destroy(roof.id()));
    assertThat(await(departures.sensors(roof.id()))).isEmpty();
  }

  @Test
  void aUserIsDueWhenTheDevicesAreGone() {
    await(departures.archive(ada.id(), false, NOON));
    assertThat(await(departures.usersDue(LATER, 10))).isEmpty();
    await(departures.destroy(roof.id()));
    await(departures.destroy(cellar.id()));
    assertThat(await(departures.usersDue(NOON, 10))).isEmpty();
    assertThat(await(departures.usersDue(LATER, 10))).containsExactly(ada.id());
    await(departures.destroy(ada.id()));
    assertThat(await(departures.usersDue(LATER, 10))).isEmpty();
  }

  /** One row in every table that can tell of them: whoever adds a table adds it here. */
  @Test
  void nothingIsLeftOfThemWhateverThereWas() {
    fillWithTraces();
    await(departures.archive(ada.id(), false, NOON));
    for (Device device : List.of(roof, cellar)) await(departures.destroy(device.id()));
    await(departures.destroy(ada.id()));
    assertThat(await(departures.devicesDue(LATER, 10))).isEmpty();
    assertThat(await(departures.usersDue(LATER, 10))).isEmpty();
    List<AuditEntry> done =
        await(metadata().auditLog().list(AuditLog.Filter.ALL, new Paging(1, 10))).items();
    assertThat(done).extracting(AuditEntry::address).containsExactly("");
    assertThat(done).extracting(AuditEntry::actor).containsExactly(Optional.of(ada.id()));
  }

  @Test
  void whoIsThereIsNotDestroyed() {
    await(departures.destroy(roof.id()));
    await(departures.destroy(ada.id()));
    assertThat(await(metadata().devices().find(roof.id()))).contains(roof);
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
  }

  private void fillWithTraces() {
    UserId user = ada.id();
    await(metadata().devices().component(roof.id(), new SensorId(55), "t", NOON));
    await(
        metadata()
            .ingestErrors()
            .add(new IngestError(roof.id(), "topic", "message", "class", "error", NOON)));
    await(metadata().quarantine().add(List.of(new QuarantinedEntry(roof.id(), "{}", "why", NOON))));
    long place = await(metadata().forwarding().addDestination("partner")).id();
    await(metadata().forwarding().sendTo(roof.id(), Optional.of(place)));
    await(metadata().forwarding().grant(new ForwardingAccess(user, token("n"), token("f"))));
    await(
        metadata()
            .notices()
            .claim(
                roof.id(),
                DeviceNotices.Kind.ERRORS,
                NOON,
                NOON.minusSeconds(1),
                Optional.empty()));
    await(
        metadata()
            .csvExports()
            .request(
                new CsvExport(0, roof.id(), user, "name", NOON, Optional.empty(), LATER), NOON));
    await(
        metadata()
            .csvUploads()
            .add(
                List.of(
                    new CsvUpload(
                        roof.id(), user, "f", CsvUpload.Outcome.KEPT, 1, 1, 1, "{}", NOON))));
    await(metadata().pictures().put(user, new Picture("p", "image/jpeg", new byte[1]), NOON));
    Mail mail = new Mail("m", "ada@example.org", "s", "b", NOON);
    await(metadata().passwordResets().put(new PasswordReset("r", user, LATER), mail));
    await(
        metadata()
            .auditLog()
            .append(
                new AuditEntry(
                    0,
                    NOON,
                    Optional.of(user),
                    "PATCH /v0/me",
                    Optional.empty(),
                    Optional.of(user),
                    "127.0.0.1",
                    200,
                    List.of())));
  }
}
