package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.storage.replica.NumberRange;
import io.mestral.storage.replica.ReplicaChange;
import io.mestral.storage.replica.ReplicaContent;
import io.mestral.storage.replica.ReplicaEffect;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.storage.replica.ReplicaRecord;
import io.mestral.storage.replica.ReplicaStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of what the node above tells, whichever engine keeps it. */
public abstract class ReplicaRegistryContract extends MetadataContract {
  private static final SealedToken KEY = new SealedToken("", new byte[] {1, 2, 3});
  private int tags;
  private long number;

  private ReplicaRecord record(String kind, Object name, ReplicaContent content) {
    return new ReplicaRecord(
        new ReplicaName(kind, name.toString()), "tag-" + ++tags, "{}", Optional.of(content));
  }

  private ReplicaRecord of(User user, String hash, String token) {
    return record(
        "user",
        user.uuid(),
        new ReplicaContent.OfUser(user, hash, Optional.ofNullable(token), Optional.empty()));
  }

  private ReplicaRecord of(Device device, User owner, String token) {
    return record(
        "device",
        device.uuid(),
        new ReplicaContent.OfDevice(
            device, owner.uuid(), Optional.ofNullable(token), Optional.empty()));
  }

  private ReplicaEffect tell(boolean isWhole, ReplicaRecord... records) {
    return await(metadata().replica().apply(change(isWhole, records)));
  }

  private ReplicaChange change(boolean isWhole, ReplicaRecord... records) {
    return new ReplicaChange(
        isWhole, List.of(records), List.of(), new ReplicaStanding(++number, "z6MkKey", KEY), NOON);
  }

  private static Device above(User owner, String name, long number, Instant changed) {
    Device made = device(owner, name);
    return new Device(
        new DeviceId(number),
        made.uuid(),
        made.owner(),
        name,
        made.description(),
        Optional.empty(),
        made.macAddress(),
        made.location(),
        made.hardware(),
        made.policy(),
        made.meta(),
        NOON,
        changed);
  }

  private static Device renamed(Device device, String name, Instant when) {
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
        when);
  }

  private static void assertNotAuthorized(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(Refusal.of(refused)).isEqualTo(Refusal.NOT_AUTHORIZED));
  }

  @Test
  void aUserFromAboveIsOneHere() throws Exception {
    assertThat(await(metadata().replica().standing())).isEmpty();
    User ada = user("ada");
    tell(true, of(ada, HASH, "shared"));
    reopen();
    User here = await(metadata().users().findByNameOrEmail("Ada")).orElseThrow();
    assertThat(here.uuid()).isEqualTo(ada.uuid());
    assertThat(here.preferences().mails()).as("mails come from above").isEmpty();
    assertThat(await(metadata().users().passwordHash(here.id()))).contains(HASH);
    assertThat(await(metadata().replica().holderOf("shared")).orElseThrow().user())
        .isEqualTo(here.id());
    assertThat(await(metadata().replica().standing()).orElseThrow())
        .isEqualTo(new ReplicaStanding(1, "z6MkKey", KEY));
    assertThat(tell(true, of(ada, HASH, "other")).users()).containsExactly(here.id());
    assertThat(await(metadata().replica().holderOf("shared"))).isEmpty();
    assertThat(tell(true, of(ada, HASH, "other")).users()).as("nothing new").isEmpty();
  }

  @Test
  void whoIsFromAboveIsNotChangedHere() {
    tell(true, of(user("ada"), HASH, null));
    User here = await(metadata().users().findByNameOrEmail("ada")).orElseThrow();
    assertNotAuthorized(
        failureOf(
            metadata().users().update(here.id(), one -> named(one, "eva", "eva@example.org"))));
    assertNotAuthorized(
        failureOf(metadata().users().changePassword(here.id(), "other", Optional.empty())));
    assertNotAuthorized(failureOf(metadata().departures().archive(here.id(), false, NOON)));
    assertThat(await(metadata().users().passwordHash(here.id()))).contains(HASH);
  }

  @Test
  void whoWasHereBeforeGivesWay() {
    User local = addUser("ada");
    User second = addUser("ada.local");
    ReplicaEffect effect = tell(true, of(user("ada"), HASH, null));
    assertThat(effect.renamed()).containsExactlyInAnyOrder("ada", "ada.local");
    assertThat(await(metadata().users().find(local.id())).orElseThrow().username())
        .isEqualTo("ada.local");
    assertThat(await(metadata().users().find(second.id())).orElseThrow().username())
        .isEqualTo("ada.local.local");
    assertThat(await(metadata().users().findByNameOrEmail("ada")).orElseThrow().id())
        .isNotEqualTo(local.id());
  }

  @Test
  void aDeviceKeepsItsNumberAndItsToken() {
    User ada = user("ada");
    Device roof = above(ada, "Roof", 4711, NOON);
    tell(true, of(ada, HASH, null), of(roof, ada, "shared-token"));
    Device here = await(metadata().devices().findByToken("shared-token")).orElseThrow();
    assertThat(here.id().value()).isEqualTo(4711);
    assertThat(here.uuid()).isEqualTo(roof.uuid());
    assertNotAuthorized(
        failureOf(
            metadata().devices().update(here.id(), one -> one.withToken(token("own"), NOON))));
    ReplicaEffect effect = tell(true, of(ada, HASH, null), of(roof, ada, "another"));
    assertThat(effect.devices()).extracting(Device::id).containsExactly(here.id());
    assertThat(await(metadata().devices().findByToken("shared-token"))).isEmpty();
    assertThat(await(metadata().devices().findByToken("another"))).isPresent();
  }

  @Test
  void whatWasChangedLaterCounts() {
    User ada = user("ada");
    Device roof = above(ada, "Roof", 4711, NOON);
    tell(true, of(ada, HASH, null), of(roof, ada, "shared"));
    assertThat(await(metadata().replica().untold())).isEmpty();
    Instant later = NOON.plusSeconds(60);
    DeviceId id = new DeviceId(4711);
    await(metadata().devices().update(id, one -> renamed(one, "Attic", later)));
    assertThat(await(metadata().replica().untold())).extracting(Device::name).contains("Attic");
    tell(true, of(ada, HASH, null), of(renamed(roof, "Loft", NOON.plusSeconds(30)), ada, "next"));
    Device here = await(metadata().devices().find(id)).orElseThrow();
    assertThat(here.name()).as("changed later here").isEqualTo("Attic");
    assertThat(here.token().orElseThrow().hash()).as("tokens are from above").isEqualTo("next");
    assertThat(await(metadata().replica().untold())).hasSize(1);
    tell(true, of(ada, HASH, null), of(renamed(roof, "Attic", later), ada, "next"));
    assertThat(await(metadata().replica().untold())).isEmpty();
    tell(true, of(ada, HASH, null), of(renamed(roof, "Nest", later.plusSeconds(1)), ada, "next"));
    assertThat(await(metadata().devices().find(id)).orElseThrow().name()).isEqualTo("Nest");
  }

  @Test
  void whatWasArchivedHereStaysSoUntilItIsGoneAbove() {
    User ada = user("ada");
    Device roof = above(ada, "Roof", 4711, NOON);
    tell(true, of(ada, HASH, null), of(roof, ada, "shared"));
    await(metadata().devices().archive(new DeviceId(4711), NOON));
    assertThat(await(metadata().replica().archivedHere())).containsExactly(roof.uuid());
    tell(true, of(ada, HASH, null), of(renamed(roof, "Loft", NOON.plusSeconds(1)), ada, "shared"));
    assertThat(await(metadata().devices().find(new DeviceId(4711)))).isEmpty();
    Instant muchLater = NOON.plus(Duration.ofDays(99));
    assertThat(await(metadata().departures().devicesDue(muchLater, 9)))
        .as("has to be told above first")
        .isEmpty();
    tell(true, of(ada, HASH, null));
    assertThat(await(metadata().replica().archivedHere())).isEmpty();
    assertThat(await(metadata().departures().devicesDue(muchLater, 9))).hasSize(1);
  }

  @Test
  void whatIsGoneAboveIsGoneHere() {
    User ada = user("ada");
    User eva = user("eva");
    Device roof = above(ada, "Roof", 4711, NOON);
    tell(true, of(ada, HASH, null), of(eva, HASH, "evas"), of(roof, ada, "shared"));
    ReplicaEffect effect = tell(true, of(ada, HASH, null));
    assertThat(effect.devices()).hasSize(1);
    assertThat(effect.users()).hasSize(1);
    assertThat(await(metadata().devices().findByToken("shared"))).isEmpty();
    assertThat(await(metadata().users().findByNameOrEmail("eva"))).isEmpty();
    assertThat(await(metadata().replica().holderOf("evas"))).isEmpty();
    tell(true, of(ada, HASH, null), of(eva, HASH, "evas"), of(roof, ada, "shared"));
    assertThat(await(metadata().devices().findByToken("shared"))).as("back again").isPresent();
    assertThat(await(metadata().replica().holderOf("evas"))).isPresent();
  }

  @Test
  void aChangeIsMadeAsAWholeOrNotAtAll() {
    User ada = user("ada");
    User nobody = user("nobody");
    Device roof = above(nobody, "Roof", 4711, NOON);
    failureOf(
        metadata().replica().apply(change(true, of(ada, HASH, null), of(roof, nobody, null))));
    assertThat(await(metadata().users().findByNameOrEmail("ada"))).isEmpty();
    assertThat(await(metadata().replica().tags())).isEmpty();
    assertThat(await(metadata().replica().standing())).isEmpty();
  }

  @Test
  void aPartSaysWhatIsNewAndWhatIsGone() {
    User ada = user("ada");
    Device roof = above(ada, "Roof", 4711, NOON);
    Device cellar = above(ada, "Cellar", 4712, NOON);
    ReplicaRecord first = of(roof, ada, "one");
    tell(true, of(ada, HASH, null), first);
    await(
        metadata()
            .replica()
            .apply(
                new ReplicaChange(
                    false,
                    List.of(of(cellar, ada, "two")),
                    List.of(first.name()),
                    new ReplicaStanding(9, "z6MkKey", KEY),
                    NOON)));
    assertThat(await(metadata().devices().findByToken("one"))).isEmpty();
    assertThat(await(metadata().devices().findByToken("two"))).isPresent();
    assertThat(await(metadata().replica().tags())).hasSize(2);
    assertThat(await(metadata().replica().standing()).orElseThrow().number()).isEqualTo(9);
  }

  @Test
  void kindsOfLaterVersionsAreKept() throws Exception {
    ReplicaRecord later =
        new ReplicaRecord(new ReplicaName("moon", "1"), "t", "{\"a\":1}", Optional.empty());
    tell(true, later);
    reopen();
    assertThat(await(metadata().replica().bodies())).containsEntry(later.name(), "{\"a\":1}");
  }

  @Test
  void theCatalogueIsCompleted() {
    Measurement mood =
        new Measurement(
            900,
            UUID.randomUUID(),
            "Mood",
            "How one is",
            Optional.empty(),
            Optional.empty(),
            NOON,
            NOON);
    Sensor part = sensor(901, "Smile");
    Sensor whole = sensor(902, "Face");
    ReplicaEffect effect =
        tell(
            true,
            record("measurement", mood.uuid(), new ReplicaContent.OfMeasurement(mood)),
            record(
                "sensor",
                part.uuid(),
                new ReplicaContent.OfSensor(
                    part, Optional.of(whole.uuid()), Optional.of(mood.uuid()))),
            record(
                "sensor",
                whole.uuid(),
                new ReplicaContent.OfSensor(whole, Optional.empty(), Optional.empty())));
    assertThat(effect.isCatalogueChanged()).isTrue();
    Sensor here =
        await(metadata().catalogue().sensors()).stream()
            .filter(one -> one.uuid().equals(part.uuid()))
            .findFirst()
            .orElseThrow();
    assertThat(here.id().value()).isEqualTo(901);
    assertThat(here.parent()).hasValue(902);
    assertThat(here.measurement()).hasValue(900);
  }

  private static Sensor sensor(int id, String name) {
    return new Sensor(
        new SensorId(id),
        UUID.randomUUID(),
        OptionalInt.empty(),
        name,
        "",
        name.toLowerCase(),
        Optional.empty(),
        OptionalInt.empty(),
        Calibration.IDENTITY,
        Calibration.IDENTITY,
        Optional.empty(),
        Optional.empty(),
        NOON,
        NOON);
  }

  @Test
  void numbersFromAboveAreUsedUpAndNoOthers() {
    User ada = addUser("ada");
    assertThat(await(metadata().replica().numbersLeft())).isEmpty();
    Device before = addDevice(ada, "Before");
    tell(
        true, record("numbers", "5001", new ReplicaContent.OfNumbers(new NumberRange(5001, 5003))));
    assertThat(await(metadata().replica().numbersLeft())).contains(3L);
    assertThat(addDevice(ada, "First").id().value()).isEqualTo(5001);
    assertThat(addDevice(ada, "Second").id().value()).isEqualTo(5002);
    User eva = user("eva");
    Device sameNumber = above(eva, "Above", before.id().value(), NOON);
    tell(
        false,
        of(eva, HASH, null),
        of(sameNumber, eva, null)); // the number is taken: of a device that was here before
    assertThat(await(metadata().devices().findByUuid(sameNumber.uuid())).orElseThrow().id())
        .isEqualTo(new DeviceId(5003));
    assertThat(failureOf(metadata().devices().add(device(ada, "Third"))))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(Refusal.of(refused)).isEqualTo(Refusal.QUOTA_EXCEEDED));
  }

  @Test
  void numbersThatWereGivenAwayAreNotUsedHere() throws Exception {
    User ada = addUser("ada");
    long before = addDevice(ada, "Before").id().value();
    List<NumberRange> given = await(metadata().replica().give("hill", 100));
    assertThat(given.stream().mapToLong(NumberRange::size).sum()).isEqualTo(100);
    assertThat(given.get(0).first()).isEqualTo(before + 1);
    assertThat(addDevice(ada, "After").id().value()).isEqualTo(before + 101);
    reopen();
    assertThat(await(metadata().replica().givenTo("hill"))).isEqualTo(given);
    assertThat(await(metadata().replica().givenTo("dale"))).isEmpty();
    Device theirs = above(ada, "Theirs", before + 7, NOON);
    Device owned =
        new Device(
            theirs.id(),
            theirs.uuid(),
            ada.id(),
            theirs.name(),
            theirs.description(),
            theirs.token(),
            theirs.macAddress(),
            theirs.location(),
            theirs.hardware(),
            theirs.policy(),
            theirs.meta(),
            NOON,
            NOON);
    assertThat(await(metadata().devices().addNumbered(owned)).id().value()).isEqualTo(before + 7);
    await(metadata().devices().archive(owned.id(), NOON));
    Device same = device(ada, "Same");
    Device late =
        new Device(
            owned.id(),
            same.uuid(),
            ada.id(),
            "Same",
            same.description(),
            same.token(),
            same.macAddress(),
            same.location(),
            same.hardware(),
            same.policy(),
            same.meta(),
            NOON,
            NOON);
    assertThat(failureOf(metadata().devices().addNumbered(late)))
        .as("the number of one that was archived")
        .isInstanceOf(Conflict.class);
  }

  @Test
  void anEdgeGivesOfItsOwnNumbers() {
    tell(
        true, record("numbers", "5001", new ReplicaContent.OfNumbers(new NumberRange(5001, 5100))));
    assertThat(await(metadata().replica().give("attic", 10)))
        .containsExactly(new NumberRange(5091, 5100));
    assertThat(await(metadata().replica().give("attic", 1000)))
        .containsExactly(new NumberRange(5046, 5090));
    assertThat(await(metadata().replica().numbersLeft())).contains(45L);
  }
}
