package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Postprocessing;
import io.mestral.model.platform.Tag;
import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.ComponentField;
import io.mestral.storage.search.DestinationField;
import io.mestral.storage.search.DeviceField;
import io.mestral.storage.search.DeviceTagField;
import io.mestral.storage.search.Match.Absent;
import io.mestral.storage.search.Match.Like;
import io.mestral.storage.search.Match.Relation;
import io.mestral.storage.search.PostprocessingField;
import io.mestral.storage.search.Search;
import io.mestral.storage.search.SensorField;
import io.mestral.storage.search.Sort;
import io.mestral.storage.search.TagField;
import io.mestral.storage.search.UserField;
import io.mestral.storage.search.Value.Second;
import io.mestral.storage.search.Value.Text;
import io.mestral.storage.search.Value.Whole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How every engine finds devices and users by what belongs to them. */
public abstract class AssociationSearchContract extends SearchFixture {
  @Test
  void devicesAreFoundByTheirOwners() {
    add(ada, "a");
    add(bob, "b");
    assertThat(found(is(owner(UserField.USERNAME), equal("Bob")))).containsExactly(2L);
    assertThat(found(isNot(owner(UserField.USERNAME), equal("Bob")))).containsExactly(1L);
    assertThat(found(is(owner(UserField.ID), compared(Relation.EQUAL, whole(ada)))))
        .containsExactly(1L);
    assertThat(found(is(owner(UserField.UUID), equal(bob.uuid().toString())))).containsExactly(2L);
  }

  @Test
  void devicesAreFoundByTheirSensors() {
    Device roof = add(ada, "roof");
    Device yard = add(ada, "yard");
    add(ada, "mute");
    component(roof, 55);
    component(roof, 56);
    component(yard, 55);
    Attribute id = Attribute.of(SensorField.ID).behind(Association.SENSORS);
    assertThat(found(is(id, compared(Relation.EQUAL, new Whole(55))))).containsExactly(1L, 2L);
    assertThat(found(isNot(id, compared(Relation.EQUAL, new Whole(56))))).containsExactly(2L, 3L);
    assertThat(found(is(id, new Absent()))).containsExactly(3L);
    assertThat(found(isNot(id, new Absent()))).containsExactly(1L, 2L);
    Attribute key = Attribute.of(ComponentField.KEY).behind(Association.COMPONENTS);
    assertThat(found(is(key, equal("key56")))).containsExactly(1L);
  }

  @Test
  void devicesAreFoundAndOrderedByWhereTheirReadingsGo() {
    add(ada, "a");
    Device b = add(ada, "b");
    Device c = add(ada, "c");
    ForwardingDestination west = await(metadata().forwarding().addDestination("west"));
    ForwardingDestination east = await(metadata().forwarding().addDestination("east"));
    await(metadata().forwarding().sendTo(b.id(), Optional.of(west.id())));
    await(metadata().forwarding().sendTo(c.id(), Optional.of(east.id())));
    Attribute name = Attribute.of(DestinationField.NAME).behind(Association.FORWARDING_DESTINATION);
    assertThat(found(is(name, equal("west")))).containsExactly(2L);
    assertThat(found(is(name, new Absent()))).containsExactly(1L);
    assertThat(ids(new Search(List.of(), List.of(new Sort(name, false)))))
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void devicesAreFoundByTheirTags() {
    Device roof = add(ada, "roof");
    Device yard = add(ada, "yard");
    add(ada, "bare");
    Tag nice = await(metadata().deviceTags().add(tag("Nice")));
    Tag noisy = await(metadata().deviceTags().add(tag("Noisy")));
    await(metadata().deviceTags().replace(roof.id(), List.of(nice.id(), noisy.id())));
    await(metadata().deviceTags().replace(yard.id(), List.of(nice.id())));
    Attribute name = Attribute.of(TagField.NAME).behind(Association.TAGS);
    assertThat(found(is(name, equal("Nice")))).containsExactly(1L, 2L);
    assertThat(found(is(name, equal("nice")))).isEmpty();
    assertThat(found(is(name, among(new Text("Noisy"), new Text("Other"))))).containsExactly(1L);
    assertThat(found(is(name, among()))).isEmpty();
    assertThat(found(isNot(name, equal("Noisy")))).containsExactly(2L, 3L);
    Attribute given = Attribute.of(DeviceTagField.TAG_ID).behind(Association.DEVICES_TAGS);
    assertThat(found(is(given, new Absent()))).containsExactly(3L);
  }

  @Test
  void devicesAreFoundByWhetherTheyArePostprocessed() {
    Device roof = add(ada, "roof");
    add(ada, "bare");
    Postprocessing kept =
        new Postprocessing(
            0,
            roof.id(),
            Optional.of("https://example.org/blue"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOON),
            NOON,
            NOON);
    await(metadata().postprocessings().put(roof.id(), before -> kept));
    Attribute id = Attribute.of(PostprocessingField.ID).behind(Association.POSTPROCESSING);
    assertThat(found(isNot(id, new Absent()))).containsExactly(1L);
    assertThat(found(is(id, new Absent()))).containsExactly(2L);
    Attribute latest =
        Attribute.of(PostprocessingField.LATEST_POSTPROCESSING).behind(Association.POSTPROCESSING);
    assertThat(found(is(latest, compared(Relation.AT_MOST, new Second(NOON))))).containsExactly(1L);
    assertThat(ids(new Search(List.of(), List.of(new Sort(latest, true))))).containsExactly(1L, 2L);
  }

  @Test
  void usersAreFoundByWhatIsSaidOfThemAndTheirDevices() {
    add(ada, "a");
    Device b = add(bob, "b");
    component(b, 55);
    assertThat(users(Search.EVERYTHING)).containsExactly("ada", "Bob");
    assertThat(users(of(is(Attribute.of(UserField.USERNAME), Like.containing("BO")))))
        .containsExactly("Bob");
    assertThat(users(of(is(Attribute.of(UserField.CITY), equal("Barcelona"))))).hasSize(2);
    Attribute sensor = Attribute.of(SensorField.ID).behind(Association.OWNED_SENSORS);
    assertThat(users(of(is(sensor, compared(Relation.EQUAL, new Whole(55))))))
        .containsExactly("Bob");
    Sort name = new Sort(Attribute.of(UserField.USERNAME), true);
    assertThat(users(new Search(List.of(), List.of(name)))).containsExactly("Bob", "ada");
    ForwardingDestination west = await(metadata().forwarding().addDestination("west"));
    await(metadata().forwarding().sendTo(b.id(), Optional.of(west.id())));
    Attribute destination =
        Attribute.of(DestinationField.NAME)
            .behind(Association.FORWARDING_DESTINATION)
            .behind(Association.DEVICES);
    assertThat(users(of(is(destination, equal("west"))))).containsExactly("Bob");
  }

  @Test
  void whatOtherTablesKnowOfADeviceIsFound() {
    Device roof = add(ada, "a");
    add(bob, "b");
    Instant later = NOON.plusSeconds(60);
    long partner = await(metadata().forwarding().addDestination("partner")).id();
    await(metadata().forwarding().sendTo(roof.id(), Optional.of(partner)));
    for (DeviceNotices.Kind kind : DeviceNotices.Kind.values())
      await(metadata().notices().claim(roof.id(), kind, later, Instant.EPOCH, Optional.empty()));
    await(
        metadata()
            .csvExports()
            .request(
                new CsvExport(0, roof.id(), ada.id(), "n", later, Optional.empty(), later), NOON));
    assertThat(found(is(DeviceField.FORWARDING_DESTINATION_ID, among(new Whole(partner)))))
        .containsExactly(1L);
    for (DeviceField field :
        List.of(
            DeviceField.NOTIFY_LOW_BATTERY_TIMESTAMP,
            DeviceField.NOTIFY_STOPPED_PUBLISHING_TIMESTAMP,
            DeviceField.CSV_EXPORT_REQUESTED_AT)) {
      assertThat(found(is(field, compared(Relation.EQUAL, new Second(later))))).containsExactly(1L);
      assertThat(found(is(field, compared(Relation.LESS, new Second(later))))).isEmpty();
      assertThat(found(is(field, new Absent()))).containsExactly(2L);
    }
    assertThat(
            ids(
                new Search(
                    List.of(),
                    List.of(
                        new Sort(Attribute.of(DeviceField.NOTIFY_LOW_BATTERY_TIMESTAMP), false)))))
        .containsExactly(1L, 2L);
  }

  private static Tag tag(String name) {
    return new Tag(0, UUID.randomUUID(), name, Optional.empty(), NOON, NOON);
  }

  private void component(Device device, int sensor) {
    await(metadata().devices().component(device.id(), new SensorId(sensor), "key" + sensor, NOON));
  }
}
