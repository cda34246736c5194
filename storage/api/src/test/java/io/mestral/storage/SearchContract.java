package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.Experiment;
import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.LatestRows;
import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.ComponentField;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.Condition.Any;
import io.mestral.storage.search.Condition.Holds;
import io.mestral.storage.search.DeviceField;
import io.mestral.storage.search.DeviceTagField;
import io.mestral.storage.search.ExperimentField;
import io.mestral.storage.search.Field;
import io.mestral.storage.search.Kind;
import io.mestral.storage.search.LastReadings;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.Match.Absent;
import io.mestral.storage.search.Match.Among;
import io.mestral.storage.search.Match.Blank;
import io.mestral.storage.search.Match.Compared;
import io.mestral.storage.search.Match.Like;
import io.mestral.storage.search.Match.Relation;
import io.mestral.storage.search.Near;
import io.mestral.storage.search.PostprocessingField;
import io.mestral.storage.search.Search;
import io.mestral.storage.search.SensorField;
import io.mestral.storage.search.Sort;
import io.mestral.storage.search.TagField;
import io.mestral.storage.search.UserField;
import io.mestral.storage.search.Value;
import io.mestral.storage.search.Value.Flag;
import io.mestral.storage.search.Value.Real;
import io.mestral.storage.search.Value.Second;
import io.mestral.storage.search.Value.Text;
import io.mestral.storage.search.Value.Whole;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How every engine finds devices, users and sensors by what is asked of them. */
public abstract class SearchContract extends SearchFixture {
  @Test
  void textIsFoundInItsCaseOrIgnoringIt() {
    add(ada, "Plaça del Sol");
    add(ada, "PLAÇA DE LA VILA");
    add(bob, "Cañón");
    assertThat(found(is(DeviceField.NAME, equal("Plaça del Sol")))).containsExactly(1L);
    assertThat(found(is(DeviceField.NAME, equal("plaça del sol")))).isEmpty();
    assertThat(found(is(DeviceField.NAME, Like.containing("plaça DE")))).containsExactly(1L, 2L);
    assertThat(found(is(DeviceField.NAME, Like.startingWith("CAÑ")))).containsExactly(3L);
    assertThat(found(is(DeviceField.NAME, Like.endingWith("ÓN")))).containsExactly(3L);
    assertThat(found(isNot(DeviceField.NAME, Like.containing("plaça")))).containsExactly(3L);
    assertThat(found(is(DeviceField.NAME, Like.matching("pla%sol")))).containsExactly(1L);
  }

  @Test
  void whatMeansSomethingToTheEngineMeansItself() {
    add(ada, "50% off_site");
    add(ada, "50 off site");
    add(ada, "a\\b");
    add(ada, "it's; DROP TABLE devices --");
    assertThat(found(is(DeviceField.NAME, Like.containing("50%")))).containsExactly(1L);
    assertThat(found(is(DeviceField.NAME, Like.containing("f_s")))).containsExactly(1L);
    assertThat(found(is(DeviceField.NAME, Like.containing("a\\b")))).containsExactly(3L);
    assertThat(found(is(DeviceField.NAME, Like.matching("a\\")))).isEmpty();
    assertThat(found(is(DeviceField.NAME, Like.containing("it's; drop")))).containsExactly(4L);
  }

  @Test
  void numbersTimesFlagsAndPlacesAreCompared() {
    add(ada, "a");
    Device late = device(ada, "b", false, 41.4, 2.2, NOON.plusMillis(90_500));
    await(metadata().devices().add(late));
    add(ada, "c");
    assertThat(found(is(DeviceField.ID, compared(Relation.GREATER, new Whole(1)))))
        .containsExactly(2L, 3L);
    assertThat(found(is(DeviceField.ID, among(new Whole(1), new Whole(3), new Whole(99)))))
        .containsExactly(1L, 3L);
    assertThat(found(isNot(DeviceField.ID, among(new Whole(1))))).containsExactly(2L, 3L);
    Second shown = new Second(NOON.plusSeconds(90));
    assertThat(found(is(DeviceField.CREATED_AT, compared(Relation.EQUAL, shown))))
        .containsExactly(2L);
    assertThat(found(is(DeviceField.CREATED_AT, compared(Relation.AT_MOST, shown)))).hasSize(3);
    assertThat(found(is(DeviceField.CREATED_AT, compared(Relation.GREATER, shown)))).isEmpty();
    assertThat(found(is(DeviceField.CREATED_AT, compared(Relation.AT_LEAST, shown))))
        .containsExactly(2L);
    assertThat(found(is(DeviceField.CREATED_AT, compared(Relation.LESS, shown))))
        .containsExactly(1L, 3L);
    assertThat(found(is(DeviceField.IS_TEST, compared(Relation.EQUAL, new Flag(false)))))
        .hasSize(3);
    assertThat(found(isNot(DeviceField.IS_TEST, compared(Relation.EQUAL, new Flag(false)))))
        .isEmpty();
    assertThat(found(is(DeviceField.LATITUDE, compared(Relation.GREATER, new Real(41.3)))))
        .containsExactly(2L);
  }

  @Test
  void whatIsntThereIsNeitherEqualNorDifferent() {
    add(ada, "a");
    assertThat(found(is(DeviceField.DESCRIPTION, equal("x")))).isEmpty();
    assertThat(found(isNot(DeviceField.DESCRIPTION, equal("x")))).isEmpty();
    assertThat(found(is(DeviceField.DESCRIPTION, new Absent()))).containsExactly(1L);
    assertThat(found(is(DeviceField.DESCRIPTION, new Blank()))).containsExactly(1L);
    assertThat(found(isNot(DeviceField.DESCRIPTION, new Blank()))).isEmpty();
    assertThat(found(is(DeviceField.KIT_ID, compared(Relation.EQUAL, new Whole(1))))).isEmpty();
  }

  @Test
  void experimentsAreFound() {
    for (String name : List.of("Noise at night", "Air", "noise by day"))
      await(metadata().experiments().add(experiment(name)));
    Search noise =
        new Search(
            List.of(is(ExperimentField.NAME, Like.startingWith("NOISE"))),
            List.of(new Sort(Attribute.of(ExperimentField.ID), true)));
    Page<Experiment> found = await(metadata().experiments().list(noise, ALL));
    assertThat(found.items())
        .extracting(Experiment::name)
        .containsExactly("noise by day", "Noise at night");
    assertThat(found.total()).isEqualTo(2);
  }

  @Test
  void conditionsAreJoined() {
    add(ada, "red one");
    add(ada, "red two");
    add(bob, "blue two");
    Condition red = is(DeviceField.NAME, Like.containing("red"));
    Condition two = is(DeviceField.NAME, Like.containing("two"));
    assertThat(ids(new Search(List.of(red, two), List.of()))).containsExactly(2L);
    assertThat(found(new Any(List.of(red, two)))).containsExactly(1L, 2L, 3L);
    assertThat(found(new Condition.All(List.of(red, two)))).containsExactly(2L);
  }

  @Test
  void theOrderIgnoresCaseAndEndsWithWhatIsAbsent() {
    add(bob, "beta");
    add(ada, "Alpha");
    add(ada, "ñu");
    add(bob, "Ñu");
    assertThat(sorted(DeviceField.NAME, false)).containsExactly(2L, 1L, 4L, 3L);
    assertThat(sorted(DeviceField.NAME, true)).containsExactly(3L, 4L, 1L, 2L);
    Sort byOwner = new Sort(owner(UserField.USERNAME), true);
    Sort byId = new Sort(Attribute.of(DeviceField.ID), true);
    assertThat(ids(new Search(List.of(), List.of(byOwner, byId)))).containsExactly(4L, 1L, 3L, 2L);
    await(metadata().devices().add(device(ada, "there", false, 1, 1, NOON)));
    assertThat(sorted(DeviceField.LATITUDE, true).get(0)).isEqualTo(5L);
    assertThat(sorted(DeviceField.LATITUDE, false).get(0)).isEqualTo(5L);
  }

  @Test
  void nobodyFindsWhatTheyMayNotSee() {
    add(ada, "open");
    await(metadata().devices().add(device(ada, "secret", true, 1, 1, NOON)));
    Search search = new Search(List.of(is(DeviceField.NAME, equal("secret"))), List.of());
    assertThat(ids(Selection.of(Visibility.PUBLIC, search))).isEmpty();
    assertThat(ids(Selection.of(Visibility.of(bob.id()), search))).isEmpty();
    assertThat(ids(Selection.of(Visibility.of(ada.id()), search))).containsExactly(2L);
    assertThat(ids(Selection.of(Visibility.ALL, search))).containsExactly(2L);
    Attribute name = Attribute.of(DeviceField.NAME).behind(Association.DEVICES);
    Search owners = new Search(List.of(is(name, equal("secret"))), List.of());
    assertThat(users(Selection.of(Visibility.PUBLIC, owners))).isEmpty();
    assertThat(users(Selection.of(Visibility.of(ada.id()), owners))).containsExactly("ada");
  }

  @Test
  void archivedDevicesAreFoundByNobody() {
    Device gone = add(ada, "gone");
    await(metadata().devices().archive(gone.id(), NOON));
    assertThat(found(is(DeviceField.NAME, equal("gone")))).isEmpty();
    Attribute name = Attribute.of(DeviceField.NAME).behind(Association.DEVICES);
    Search owners = new Search(List.of(is(name, equal("gone"))), List.of());
    assertThat(users(Selection.of(Visibility.ALL, owners))).isEmpty();
  }

  @Test
  void aPageOfWhatIsFoundTellsHowMuchThatIs() {
    for (int i = 0; i < 7; i++) add(ada, (i % 2 == 0 ? "even " : "odd ") + i);
    Search even = new Search(List.of(is(DeviceField.NAME, Like.startingWith("even"))), List.of());
    Page<Device> page =
        await(metadata().devices().list(Selection.of(Visibility.PUBLIC, even), new Paging(2, 3)));
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.items()).extracting(Device::name).containsExactly("even 6");
  }

  @Test
  void devicesAreFoundByWhenTheyWereHeard() {
    Device mute = add(ada, "mute");
    Device early = add(ada, "early");
    Device late = add(bob, "late");
    assertThat(await(metadata().devices().ids())).containsExactly(mute.id(), early.id(), late.id());
    LatestRows rows = new LatestRows(3);
    rows.hear(1, NOON.getEpochSecond());
    rows.hear(2, NOON.getEpochSecond() + 60);
    LastReadings heard = new LastReadings(List.of(mute.id(), early.id(), late.id()), rows);
    Attribute at = Attribute.of(DeviceField.LAST_READING_AT);
    Condition after = is(at, compared(Relation.GREATER, new Second(NOON)));
    assertThat(ids(heard(heard, after))).containsExactly(3L);
    assertThat(ids(heard(heard, is(at, new Absent())))).containsExactly(1L);
    Attribute state = Attribute.of(DeviceField.STATE);
    assertThat(ids(heard(heard, is(state, equal("has_published"))))).containsExactly(2L, 3L);
    assertThat(ids(heard(heard, is(state, equal("never_published"))))).containsExactly(1L);
    Search newestFirst = new Search(List.of(), List.of(new Sort(at, true)));
    assertThat(ids(Selection.of(Visibility.PUBLIC, newestFirst).heard(heard)))
        .containsExactly(3L, 2L, 1L);
    Condition owns =
        is(at.behind(Association.DEVICES), compared(Relation.GREATER, new Second(NOON)));
    assertThat(users(heard(heard, owns))).containsExactly("Bob");
  }

  @Test
  void theNearestIsFirst() {
    place("Girona", 41.98, 2.82);
    place("Barcelona", 41.39, 2.17);
    place("London", 51.5, -0.12);
    add(ada, "nowhere");
    assertThat(near(new Near(41.4, 2.1, 200))).containsExactly("Barcelona", "Girona");
    assertThat(near(new Near(41.4, 2.1, 20))).containsExactly("Barcelona");
    assertThat(near(new Near(51, 0, 100_000))).containsExactly("London", "Girona", "Barcelona");
    assertThat(near(new Near(41.39, 2.17, 0))).containsExactly("Barcelona");
  }

  @Test
  void nearKnowsNoEdgeOfTheMap() {
    place("Taveuni", -16.8, -179.97);
    place("Vanua Levu", -16.6, 179.2);
    place("Pole", 89.9, 100);
    place("Other side of the pole", 89.9, -80);
    assertThat(near(new Near(-16.8, 179.9, 200))).containsExactly("Taveuni", "Vanua Levu");
    assertThat(near(new Near(89.95, 100, 50))).containsExactly("Pole", "Other side of the pole");
  }

  @Test
  void sensorsAreFound() {
    Search search =
        new Search(
            List.of(is(Attribute.of(SensorField.NAME), Like.containing("TEMPERATURE"))),
            List.of(new Sort(Attribute.of(SensorField.ID), true)));
    Page<Sensor> found = await(metadata().catalogue().sensors(search, ALL));
    assertThat(found.items()).isNotEmpty().allMatch(each -> each.name().contains("emperature"));
    assertThat(found.total()).isEqualTo(found.items().size());
    assertThat(found.items().get(0).id().value()).isGreaterThan(found.items().get(1).id().value());
    Attribute parent = Attribute.of(SensorField.ANCESTRY);
    Search ofBoard = of(is(parent, equal("54")));
    assertThat(await(metadata().catalogue().sensors(ofBoard, ALL)).items())
        .extracting(sensor -> sensor.id().value())
        .contains(55, 56);
    Search ofTwoAbove = of(is(parent, equal("69/86")));
    assertThat(await(metadata().catalogue().sensors(ofTwoAbove, ALL)).items())
        .extracting(sensor -> sensor.id().value())
        .contains(87);
  }

  @Test
  void theOtherColumnsOfDevicesAreFound() {
    add(ada, "a");
    add(bob, "b");
    assertThat(found(is(DeviceField.OWNER_ID, compared(Relation.EQUAL, whole(bob)))))
        .containsExactly(2L);
    assertThat(found(is(DeviceField.WORKFLOW_STATE, equal("active")))).containsExactly(1L, 2L);
    assertThat(found(isNot(DeviceField.ARCHIVED_AT, new Absent()))).isEmpty();
    assertThat(found(is(DeviceField.CITY, new Blank()))).containsExactly(1L, 2L);
    assertThat(found(is(DeviceField.COUNTRY_CODE, equal("ES")))).isEmpty();
  }

  @Test
  void everyFieldCanBeAskedForAndOrderedBy() {
    add(ada, "a");
    for (DeviceField field : DeviceField.values()) {
      everyQuestion(Attribute.of(field)).forEach(each -> ids(of(each)));
      everyQuestion(Attribute.of(field).behind(Association.DEVICES))
          .forEach(each -> users(of(each)));
      if (field.kind() != Kind.TOKEN)
        ids(new Search(List.of(), List.of(new Sort(Attribute.of(field), false))));
    }
    for (UserField field : UserField.values()) {
      everyQuestion(Attribute.of(field)).forEach(each -> users(of(each)));
      everyQuestion(owner(field)).forEach(each -> ids(of(each)));
      users(new Search(List.of(), List.of(new Sort(Attribute.of(field), true))));
      ids(new Search(List.of(), List.of(new Sort(owner(field), true))));
    }
    for (SensorField field : SensorField.values()) {
      everyQuestion(Attribute.of(field).behind(Association.SENSORS)).forEach(each -> ids(of(each)));
      for (Condition each : everyQuestion(Attribute.of(field)).toList())
        await(metadata().catalogue().sensors(of(each), ALL));
    }
    for (TagField field : TagField.values())
      everyQuestion(Attribute.of(field).behind(Association.TAGS)).forEach(each -> ids(of(each)));
    for (DeviceTagField field : DeviceTagField.values())
      everyQuestion(Attribute.of(field).behind(Association.DEVICES_TAGS))
          .forEach(each -> ids(of(each)));
    for (PostprocessingField field : PostprocessingField.values())
      everyQuestion(Attribute.of(field).behind(Association.POSTPROCESSING))
          .forEach(each -> ids(of(each)));
    for (ExperimentField field : ExperimentField.values())
      for (Condition each : everyQuestion(Attribute.of(field)).toList())
        await(metadata().experiments().list(of(each), ALL));
    for (ComponentField field : ComponentField.values())
      everyQuestion(Attribute.of(field).behind(Association.COMPONENTS))
          .forEach(each -> ids(of(each)));
  }

  private Experiment experiment(String name) {
    return new Experiment(
        0,
        ada.id(),
        name,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        NOON,
        NOON);
  }

  private static Stream<Condition> everyQuestion(Attribute about) {
    Value value = sample(about.field());
    Stream<Match> tests =
        Stream.concat(
            Stream.of(new Absent(), new Blank(), new Among(List.of(value, value))),
            Arrays.stream(Relation.values())
                .filter(each -> each == Relation.EQUAL || isOrdered(about.field()))
                .map(each -> new Compared(each, value)));
    if (about.field().kind() == Kind.TEXT)
      tests = Stream.concat(tests, Stream.of(Like.containing("x")));
    return tests.flatMap(
        test -> Stream.of(new Holds(about, test, true), new Holds(about, test, false)));
  }

  private static boolean isOrdered(Field field) {
    return field.kind() != Kind.FLAG && field.kind() != Kind.TOKEN;
  }

  private static Value sample(Field field) {
    return switch (field.kind()) {
      case NUMBER -> new Whole(7);
      case REAL -> new Real(0.5);
      case TEXT, TOKEN -> new Text("x");
      case TIME -> new Second(NOON);
      case FLAG -> new Flag(true);
    };
  }

  private void place(String name, double latitude, double longitude) {
    await(metadata().devices().add(device(ada, name, false, latitude, longitude, NOON)));
  }

  private static Selection heard(LastReadings known, Condition condition) {
    return Selection.of(Visibility.PUBLIC, of(condition)).heard(known);
  }

  private List<Long> sorted(DeviceField field, boolean descending) {
    return ids(new Search(List.of(), List.of(new Sort(Attribute.of(field), descending))));
  }

  private List<String> near(Near place) {
    Selection selection = Selection.of(Visibility.PUBLIC).near(place);
    return await(metadata().devices().list(selection, ALL)).items().stream()
        .map(Device::name)
        .toList();
  }
}
