package io.mestral.verticles.http.query;

import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.ComponentField;
import io.mestral.storage.search.DestinationField;
import io.mestral.storage.search.DeviceField;
import io.mestral.storage.search.Field;
import io.mestral.storage.search.SensorField;
import io.mestral.storage.search.UserField;
import io.mestral.verticles.http.exchange.Viewer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a list may be searched by (spec 2.4): fields of the listed things, and of what they are tied
 * to.
 */
public final class Searchable {
  private static final Set<DeviceField> OPEN_DEVICE_FIELDS =
      EnumSet.range(DeviceField.ID, DeviceField.KIT_ID);
  private static final Set<UserField> OPEN_USER_FIELDS =
      EnumSet.complementOf(EnumSet.of(UserField.ROLE_MASK));

  private static final Searchable SENSORS = of(EnumSet.allOf(SensorField.class));
  private static final Searchable COMPONENTS = of(EnumSet.allOf(ComponentField.class));
  private static final Searchable DESTINATION = of(EnumSet.allOf(DestinationField.class));

  private static final Searchable OPEN_DEVICES = devices(OPEN_DEVICE_FIELDS);
  private static final Searchable ALL_DEVICES = devices(EnumSet.allOf(DeviceField.class));
  private static final Searchable OPEN_LIST = OPEN_DEVICES.with(OPEN_USER_FIELDS);
  private static final Searchable ALL_LIST = ALL_DEVICES.with(EnumSet.allOf(UserField.class));
  private static final Searchable OPEN_USERS = users(OPEN_USER_FIELDS, OPEN_DEVICES);
  private static final Searchable ALL_USERS = users(EnumSet.allOf(UserField.class), ALL_DEVICES);

  private final Map<String, Field> fields;
  private final Map<Association, Searchable> ties;

  private Searchable(Map<String, Field> fields, Map<Association, Searchable> ties) {
    this.fields = fields;
    this.ties = ties;
  }

  /** What that viewer may search the list of devices by. */
  public static Searchable devices(Viewer viewer) {
    return viewer.isAdmin() ? ALL_LIST : OPEN_LIST;
  }

  /** What that viewer may search the list of users by. */
  public static Searchable users(Viewer viewer) {
    return viewer.isAdmin() ? ALL_USERS : OPEN_USERS;
  }

  /** What sensors may be searched by. */
  public static Searchable sensors() {
    return SENSORS;
  }

  private static Searchable devices(Set<DeviceField> fields) {
    return new Searchable(
        labelled(fields),
        Map.of(
            Association.COMPONENTS, COMPONENTS,
            Association.SENSORS, SENSORS,
            Association.FORWARDING_DESTINATION, DESTINATION));
  }

  private static Searchable users(Set<UserField> fields, Searchable devices) {
    return new Searchable(
        labelled(fields), Map.of(Association.DEVICES, devices, Association.OWNED_SENSORS, SENSORS));
  }

  /** The same devices by their owners, too. */
  private Searchable with(Set<UserField> owner) {
    Map<Association, Searchable> more = new EnumMap<>(ties);
    more.put(Association.OWNER, of(owner));
    return new Searchable(fields, more);
  }

  private static Searchable of(Collection<? extends Field> fields) {
    return new Searchable(labelled(fields), Map.of());
  }

  private static Map<String, Field> labelled(Collection<? extends Field> fields) {
    return fields.stream().collect(Collectors.toMap(Field::label, Function.identity()));
  }

  /** What a request means by that name; empty when it may not be searched by. */
  Optional<Attribute> find(String name) {
    Field own = fields.get(name);
    if (own != null) return Optional.of(Attribute.of(own));
    return ties.entrySet().stream()
        .flatMap(tie -> behind(tie.getKey(), tie.getValue(), name).stream())
        .findFirst();
  }

  private static Optional<Attribute> behind(Association tie, Searchable there, String name) {
    String prefix = tie.label() + "_";
    if (!name.startsWith(prefix)) return Optional.empty();
    return there.find(name.substring(prefix.length())).map(found -> found.behind(tie));
  }
}
