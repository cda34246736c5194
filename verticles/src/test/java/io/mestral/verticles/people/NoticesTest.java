package io.mestral.verticles.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue.Waiting;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.MovableClock;
import io.mestral.verticles.mail.LetterText;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.stores.TestStores;
import io.mestral.verticles.watch.DeviceEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What owners are mailed of their devices. */
class NoticesTest {
  /** A Tuesday. */
  private static final Instant NOW = Instant.parse("2026-02-03T10:06:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(NOW);
  private final TestStores stores = TestStores.open(vertx, clock);
  private final Metadata metadata = stores.metadata();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final Letters letters = new Letters(vault, () -> "http://example.org", clock);
  private User ada;
  private Device roof;

  @BeforeEach
  void addPeople() {
    ada = await(metadata.users().add(user(), "hash"));
    roof = await(metadata.devices().add(device()));
  }

  @AfterEach
  void close() {
    stores.close();
    await(vertx.close());
  }

  @Test
  void anEventIsOneMailToTheOwnerInTheirZone() {
    listen();
    Instant last = NOW.minus(Duration.ofHours(2));
    tell(new DeviceEvent.StoppedPublishing(roof.id(), NOW, last));
    tell(new DeviceEvent.StoppedPublishing(roof.id(), NOW, last));
    waitFor(() -> mails().size() == 1); // events that come together go in either order
    tell(new DeviceEvent.LowBattery(roof.id(), NOW, 7));
    waitFor(() -> mails().size() == 2);
    assertThat(mails())
        .extracting(Mail::subject)
        .containsExactly("Device stopped publishing", "Device battery low");
    assertThat(LetterText.of(mails().get(0), vault))
        .contains("Roof since 2026-02-03 08:06 UTC")
        .contains("http://example.org/v0/devices/" + roof.id());
    assertThat(LetterText.of(mails().get(1), vault)).contains("at 7 %");
  }

  @Test
  void anEventIsToldOnceThoughTwoNodesFindItAgainAndAgain() throws Exception {
    listen();
    listen();
    List<DeviceEvent> told = new CopyOnWriteArrayList<>();
    await(
        LocalBus.of(vertx).listen(Addresses.DEVICE_EVENT, event -> told.add((DeviceEvent) event)));
    for (int round = 0; round < 5; round++)
      tell(new DeviceEvent.LowBattery(roof.id(), NOW.plusSeconds(round), 7));
    tell(new DeviceEvent.HasErrors(roof.id(), NOW, "no time"));
    waitFor(() -> told.size() >= 2); // in whichever order: a device's events aren't one row
    assertThat(told)
        .hasSize(2)
        .hasOnlyElementsOfTypes(DeviceEvent.LowBattery.class, DeviceEvent.HasErrors.class);
    assertThat(mails())
        .extracting(Mail::subject)
        .containsExactlyInAnyOrder("Device battery low", "Device has errors");
  }

  @Test
  void whoUnsubscribedHearsNothingMore() {
    want(MailTopic.LOW_BATTERY, false);
    listen();
    tell(new DeviceEvent.LowBattery(roof.id(), NOW, 7));
    tell(new DeviceEvent.HasErrors(roof.id(), NOW, "no time"));
    waitFor(() -> mails().size() > 0);
    assertThat(mails()).extracting(Mail::subject).containsExactly("Device has errors");
  }

  @Test
  void theDigestCountsTheWeekAndComesOnceThoughTwoNodesRun() {
    want(MailTopic.WEEKLY_DIGEST, true);
    Instant monday = Instant.parse("2026-02-02T08:00:00Z");
    measure(monday.minusSeconds(60));
    measure(monday.minus(Duration.ofDays(6)));
    measure(monday.minus(Duration.ofDays(8))); // the week before
    measure(monday.plusSeconds(60)); // not over yet
    for (int node = 0; node < 2; node++) digests();
    waitFor(() -> mails().size() == 1);
    assertThat(mails().get(0).subject()).isEqualTo("Your devices this week");
    assertThat(LetterText.of(mails().get(0), vault))
        .contains("from 2026-01-26 08:00 UTC to 2026-02-02 08:00 UTC")
        .contains("- Roof: 2 readings, the last one 2026-02-02 08:01 UTC");
    clock.forward(Duration.ofDays(6)); // the Monday after
    waitFor(() -> mails().size() == 2);
    assertThat(mails()).hasSize(2);
  }

  @Test
  void mondayMorningIsTheReaders() {
    Instant monday = Instant.parse("2026-02-02T08:00:00Z");
    ZoneId utc = ZoneId.of("Etc/UTC");
    assertThat(DigestVerticle.lastMonday(NOW, utc)).isEqualTo(monday);
    assertThat(DigestVerticle.lastMonday(monday, utc)).isEqualTo(monday);
    assertThat(DigestVerticle.lastMonday(monday.minusSeconds(1), utc))
        .isEqualTo(monday.minus(Duration.ofDays(7)));
    assertThat(DigestVerticle.lastMonday(NOW, ZoneId.of("Pacific/Auckland")))
        .isEqualTo(Instant.parse("2026-02-01T19:00:00Z"));
  }

  private void listen() {
    await(vertx.deployVerticle(new NoticeVerticle(metadata, letters)));
  }

  private void digests() {
    DigestWriter writer = new DigestWriter(metadata, stores.readings(), letters);
    await(vertx.deployVerticle(new DigestVerticle(metadata, writer, clock, Duration.ofMillis(5))));
  }

  private void tell(DeviceEvent event) {
    LocalBus.of(vertx).tell(Addresses.DEVICE_FINDING, event);
  }

  private void want(MailTopic topic, boolean wanted) {
    await(
        metadata
            .users()
            .update(ada.id(), user -> user.with(user.preferences().with(topic, wanted))));
  }

  private void measure(Instant at) {
    await(metadata.devices().component(roof.id(), new SensorId(55), "t", NOW));
    await(
        stores
            .readings()
            .append(List.of(new Reading(roof.id(), new SensorId(55), at.getEpochSecond(), 21))));
  }

  private List<Mail> mails() {
    return await(metadata.mails().due(clock.instant(), 10)).stream().map(Waiting::mail).toList();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }

  private static User user() {
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        "ada",
        "ada@example.org",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "key",
        NOW,
        NOW);
  }

  private Device device() {
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        ada.id(),
        "Roof",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        NOW,
        NOW);
  }
}
