package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.Condition.Holds;
import io.mestral.storage.search.Field;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.Match.Among;
import io.mestral.storage.search.Match.Compared;
import io.mestral.storage.search.Match.Relation;
import io.mestral.storage.search.Search;
import io.mestral.storage.search.UserField;
import io.mestral.storage.search.Value;
import io.mestral.storage.search.Value.Text;
import io.mestral.storage.search.Value.Whole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;

/** Ways to ask an engine for devices and users, briefly. */
abstract class SearchFixture extends MetadataContract {
  static final Paging ALL = new Paging(1, 100);

  User ada;
  User bob;

  @BeforeEach
  void addPeople() {
    ada = addUser("ada");
    bob = addUser("Bob");
  }

  Device add(User owner, String name) {
    return addDevice(owner, name);
  }

  static Device device(
      User owner, String name, boolean isPrivate, double latitude, double longitude, Instant at) {
    Device bare = device(owner, name);
    return new Device(
        new DeviceId(0),
        bare.uuid(),
        bare.owner(),
        name,
        bare.description(),
        bare.token(),
        bare.macAddress(),
        new Location(
            OptionalDouble.of(latitude),
            OptionalDouble.of(longitude),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty()),
        bare.hardware(),
        new DevicePolicy(isPrivate, true, false, false, false, false),
        bare.meta(),
        at,
        at);
  }

  static Value whole(User user) {
    UserId id = user.id();
    return new Whole(id.value());
  }

  static Attribute owner(UserField field) {
    return Attribute.of(field).behind(Association.OWNER);
  }

  static Match equal(String text) {
    return compared(Relation.EQUAL, new Text(text));
  }

  static Match compared(Relation relation, Value value) {
    return new Compared(relation, value);
  }

  static Match among(Value... values) {
    return new Among(List.of(values));
  }

  static Condition is(Field field, Match test) {
    return is(Attribute.of(field), test);
  }

  static Condition isNot(Field field, Match test) {
    return isNot(Attribute.of(field), test);
  }

  static Condition is(Attribute about, Match test) {
    return new Holds(about, test, true);
  }

  static Condition isNot(Attribute about, Match test) {
    return new Holds(about, test, false);
  }

  static Search of(Condition condition) {
    return new Search(List.of(condition), List.of());
  }

  List<Long> found(Condition condition) {
    return ids(of(condition));
  }

  List<Long> ids(Search search) {
    return ids(Selection.of(Visibility.ALL, search));
  }

  List<Long> ids(Selection selection) {
    return await(metadata().devices().list(selection, ALL)).items().stream()
        .map(device -> device.id().value())
        .toList();
  }

  List<String> users(Search search) {
    return users(Selection.of(Visibility.ALL, search));
  }

  List<String> users(Selection selection) {
    return await(metadata().users().list(selection, ALL)).items().stream()
        .map(User::username)
        .toList();
  }
}
