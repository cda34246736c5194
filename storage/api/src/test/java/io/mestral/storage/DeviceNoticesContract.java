package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.User;
import io.mestral.storage.DeviceNotices.Kind;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link DeviceNotices} does. */
public abstract class DeviceNoticesContract extends MetadataContract {
  private static final Instant LATER = NOON.plusSeconds(60);

  private DeviceNotices notices() {
    return metadata().notices();
  }

  @Test
  void whatWasToldIsToldAgainOnlyWhenThatWasLongAgo() throws Exception {
    DeviceId roof = addDevice(addUser("ada"), "roof").id();
    assertThat(claim(roof, Kind.ERRORS, NOON, Instant.EPOCH)).isTrue();
    reopen();
    assertThat(claim(roof, Kind.ERRORS, LATER, NOON)).isFalse();
    assertThat(claim(roof, Kind.LOW_BATTERY, LATER, NOON)).isTrue();
    assertThat(claim(roof, Kind.ERRORS, LATER, NOON.plusMillis(1))).isTrue();
    assertThat(claim(roof, Kind.ERRORS, LATER, LATER)).isFalse();
  }

  @Test
  void whatIsOverCountsAsNeverTold() {
    DeviceId roof = addDevice(addUser("ada"), "roof").id();
    assertThat(claim(roof, Kind.LOW_BATTERY, NOON, Instant.EPOCH)).isTrue();
    await(notices().reset(roof, Kind.LOW_BATTERY));
    await(notices().reset(roof, Kind.ERRORS));
    assertThat(claim(roof, Kind.LOW_BATTERY, LATER, Instant.EPOCH)).isTrue();
  }

  @Test
  void ofSeveralThatAskAtOnceOneIsRight() {
    DeviceId roof = addDevice(addUser("ada"), "roof").id();
    List<Future<Boolean>> asked =
        List.of(
            claiming(roof, Kind.ERRORS), claiming(roof, Kind.ERRORS), claiming(roof, Kind.ERRORS));
    await(Future.all(asked));
    assertThat(asked).extracting(Future::result).containsOnlyOnce(true);
    assertThat(await(metadata().mails().size())).isEqualTo(1);
  }

  /** As many nodes do that see the same. */
  private Future<Boolean> claiming(DeviceId device, Kind kind) {
    return notices().claim(device, kind, NOON, NOON, Optional.of(mail("told")));
  }

  @Test
  void theMailIsQueuedWithTheClaimAndOnlyThen() {
    DeviceId roof = addDevice(addUser("ada"), "roof").id();
    Optional<Mail> first = Optional.of(mail("first"));
    Optional<Mail> second = Optional.of(mail("second"));
    assertThat(await(notices().claim(roof, Kind.ERRORS, NOON, Instant.EPOCH, first))).isTrue();
    assertThat(await(notices().claim(roof, Kind.ERRORS, NOON, Instant.EPOCH, second))).isFalse();
    assertThat(await(metadata().mails().due(NOON, 10)))
        .extracting(waiting -> waiting.mail().event())
        .containsExactly("first");
  }

  @Test
  void whatCanNotBeQueuedIsNotClaimed() {
    DeviceId roof = addDevice(addUser("ada"), "roof").id();
    Mail broken = new Mail(null, "ada@example.org", "s", "b", NOON);
    failureOf(notices().claim(roof, Kind.ERRORS, NOON, Instant.EPOCH, Optional.of(broken)));
    assertThat(claim(roof, Kind.ERRORS, NOON, Instant.EPOCH)).isTrue();
  }

  private static Mail mail(String event) {
    return new Mail(event, "ada@example.org", "Device has errors", "text", NOON);
  }

  @Test
  void nothingIsToldOfADeviceThatIsNotThere() {
    DeviceId roof = addDevice(addUser("ada"), "roof").id();
    await(metadata().devices().archive(roof, NOON));
    assertThat(claim(roof, Kind.ERRORS, NOON, Instant.EPOCH)).isFalse();
    assertThat(claim(new DeviceId(4711), Kind.ERRORS, NOON, Instant.EPOCH)).isFalse();
  }

  @Test
  void thoseThatAskForItAreWatched() {
    User ada = addUser("ada");
    DeviceId battery = watched(ada, "battery", true, false);
    addDevice(ada, "neither");
    DeviceId silence = watched(ada, "silence", false, true);
    DeviceId gone = watched(ada, "gone", true, true);
    DeviceId both = watched(ada, "both", true, true);
    await(metadata().devices().archive(gone, NOON));
    claim(both, Kind.STOPPED_PUBLISHING, NOON, Instant.EPOCH);
    claim(battery, Kind.LOW_BATTERY, LATER, Instant.EPOCH);
    claim(battery, Kind.ERRORS, LATER, Instant.EPOCH);
    WatchedDevice first =
        new WatchedDevice(battery, true, false, Optional.of(LATER), Optional.empty());
    WatchedDevice second =
        new WatchedDevice(silence, false, true, Optional.empty(), Optional.empty());
    WatchedDevice third = new WatchedDevice(both, true, true, Optional.empty(), Optional.of(NOON));
    assertThat(await(notices().watched(new DeviceId(0), 10))).containsExactly(first, second, third);
    assertThat(await(notices().watched(new DeviceId(0), 1))).containsExactly(first);
    assertThat(await(notices().watched(battery, 10))).containsExactly(second, third);
  }

  private boolean claim(DeviceId device, Kind kind, Instant now, Instant unlessSince) {
    return await(notices().claim(device, kind, now, unlessSince, Optional.empty()));
  }

  private DeviceId watched(User owner, String name, boolean battery, boolean silence) {
    Device plain = addDevice(owner, name);
    DevicePolicy policy = new DevicePolicy(false, true, false, false, battery, silence);
    await(
        metadata()
            .devices()
            .update(
                plain.id(),
                now ->
                    new Device(
                        now.id(),
                        now.uuid(),
                        now.owner(),
                        now.name(),
                        now.description(),
                        now.token(),
                        now.macAddress(),
                        now.location(),
                        now.hardware(),
                        policy,
                        now.meta(),
                        now.createdAt(),
                        now.updatedAt())));
    return plain.id();
  }
}
