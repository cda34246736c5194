package io.mestral.verticles.uplink.state;

import static io.mestral.verticles.uplink.state.Bodies.put;
import static io.mestral.verticles.uplink.state.Bodies.some;
import static io.mestral.verticles.uplink.state.Bodies.text;
import static io.mestral.verticles.uplink.state.Bodies.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.storage.replica.NumberRange;
import io.mestral.storage.replica.ReplicaContent;
import io.mestral.storage.replica.ReplicaContent.OfDevice;
import io.mestral.storage.replica.ReplicaContent.OfMeasurement;
import io.mestral.storage.replica.ReplicaContent.OfNumbers;
import io.mestral.storage.replica.ReplicaContent.OfSensor;
import io.mestral.storage.replica.ReplicaContent.OfUser;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.storage.replica.ReplicaRecord;
import io.mestral.verticles.uplink.wire.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** The bodies of records, by their kinds (docs/edge.md). */
public final class RecordBodies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEASUREMENT = "measurement";
  private static final String SENSOR = "sensor";
  private static final String USER = "user";
  private static final String DEVICE = "device";
  private static final String NUMBERS = "numbers";

  private static final List<String> MAY_BE_LACKING =
      List.of(
          "description",
          "mac_address",
          "latitude",
          "longitude",
          "elevation",
          "exposure",
          "geohash",
          "city",
          "country_code",
          "hardware_name",
          "hardware_version",
          "hardware_type",
          "hardware_slug",
          "meta",
          "token",
          "token_ends_at");
  private static final Set<String> KINDS = Set.of(MEASUREMENT, SENSOR, USER, DEVICE, NUMBERS);

  private RecordBodies() {}

  /** Whether this version knows what such a record says. */
  public static boolean isKnown(String kind) {
    return KINDS.contains(kind);
  }

  /** A record's name, and its body as this version has it. */
  public record Written(ReplicaName name, ObjectNode body) {}

  /** As it is told. */
  public static Written write(ReplicaContent content) {
    if (content instanceof OfMeasurement one)
      return new Written(name(MEASUREMENT, one.measurement().uuid()), of(one.measurement()));
    if (content instanceof OfSensor one)
      return new Written(name(SENSOR, one.sensor().uuid()), of(one));
    if (content instanceof OfUser one) return new Written(name(USER, one.user().uuid()), of(one));
    if (content instanceof OfDevice one)
      return new Written(name(DEVICE, one.device().uuid()), of(one));
    NumberRange range = ((OfNumbers) content).range();
    return new Written(
        new ReplicaName(NUMBERS, Long.toString(range.first())),
        Bodies.fresh().put("first", range.first()).put("last", range.last()));
  }

  private static ReplicaName name(String kind, UUID uuid) {
    return new ReplicaName(kind, uuid.toString());
  }

  /** What was told; a kind that isn't known here is kept without a content. */
  public static ReplicaRecord read(StateRecord record) throws Unreadable {
    return new ReplicaRecord(record.name(), record.tag(), record.body(), content(record));
  }

  private static Optional<ReplicaContent> content(StateRecord record) throws Unreadable {
    JsonNode body = json(record.body());
    String name = record.name().name();
    try {
      return switch (record.name().kind()) {
        case MEASUREMENT -> Optional.of(measurement(Bodies.uuid(name), body));
        case SENSOR -> Optional.of(sensor(Bodies.uuid(name), body));
        case USER -> Optional.of(user(Bodies.uuid(name), body));
        case DEVICE -> Optional.of(device(Bodies.uuid(name), body));
        case NUMBERS ->
            Optional.of(
                new OfNumbers(
                    new NumberRange(Bodies.number(body, "first"), Bodies.number(body, "last"))));
        default -> Optional.empty();
      };
    } catch (Unreadable lacking) {
      throw new Unreadable(record.name().kind() + " " + name + ": " + lacking.getMessage());
    }
  }

  private static JsonNode json(String body) throws Unreadable {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException broken) {
      throw new Unreadable("a body that is no JSON");
    }
  }

  /** A device as it is here, with what the node above said of it in members not known here. */
  public static String merged(Written written, Optional<String> told) {
    if (told.isEmpty()) return written.body().toString();
    try {
      ObjectNode all = (ObjectNode) JSON.readTree(told.get());
      all.remove(MAY_BE_LACKING);
      all.setAll(written.body());
      return all.toString();
    } catch (JsonProcessingException | ClassCastException broken) {
      return written.body().toString();
    }
  }

  private static ObjectNode of(Measurement one) {
    ObjectNode body =
        Bodies.fresh()
            .put("id", one.id())
            .put("name", one.name())
            .put("description", one.description());
    put(body, "unit", one.unit());
    put(body, "definition", one.definition());
    put(body, "created_at", one.createdAt());
    put(body, "updated_at", one.updatedAt());
    return body;
  }

  private static OfMeasurement measurement(UUID uuid, JsonNode body) throws Unreadable {
    return new OfMeasurement(
        new Measurement(
            Bodies.id(body),
            uuid,
            text(body, "name"),
            text(body, "description"),
            some(body, "unit"),
            some(body, "definition"),
            time(body, "created_at"),
            time(body, "updated_at")));
  }

  private static ObjectNode of(OfSensor told) {
    Sensor one = told.sensor();
    ObjectNode body =
        Bodies.fresh()
            .put("id", one.id().value())
            .put("name", one.name())
            .put("description", one.description())
            .put("default_key", one.defaultKey())
            .put("equation", one.equation().text())
            .put("reverse_equation", one.reverseEquation().text());
    put(body, "unit", one.unit());
    put(body, "parent", told.parent().map(UUID::toString));
    put(body, "measurement", told.measurement().map(UUID::toString));
    put(body, "datasheet", one.datasheet());
    put(body, "unit_definition", one.unitDefinition());
    put(body, "created_at", one.createdAt());
    put(body, "updated_at", one.updatedAt());
    return body;
  }

  private static OfSensor sensor(UUID uuid, JsonNode body) throws Unreadable {
    return new OfSensor(
        new Sensor(
            new SensorId(Bodies.id(body)),
            uuid,
            OptionalInt.empty(),
            text(body, "name"),
            text(body, "description"),
            text(body, "default_key"),
            some(body, "unit"),
            OptionalInt.empty(),
            calibration(body, "equation"),
            calibration(body, "reverse_equation"),
            some(body, "datasheet"),
            some(body, "unit_definition"),
            time(body, "created_at"),
            time(body, "updated_at")),
        Bodies.someUuid(body, "parent"),
        Bodies.someUuid(body, "measurement"));
  }

  private static Calibration calibration(JsonNode body, String member) throws Unreadable {
    try {
      return Calibration.parse(text(body, member));
    } catch (IllegalArgumentException other) {
      throw new Unreadable(member + " isn't understood: " + other.getMessage());
    }
  }

  private static ObjectNode of(OfUser told) {
    User one = told.user();
    ObjectNode body =
        Bodies.fresh()
            .put("username", one.username())
            .put("email", one.email())
            .put("role", one.roleMask())
            .put("legacy_api_key", one.legacyApiKey())
            .put("language", one.preferences().language().code())
            .put("time_zone", one.preferences().timeZone())
            .put("password", told.passwordHash());
    put(body, "city", one.city());
    put(body, "country_code", one.countryCode());
    put(body, "url", one.url());
    put(body, "token", told.token());
    told.tokenEndsAt().ifPresent(end -> put(body, "token_ends_at", end));
    put(body, "created_at", one.createdAt());
    put(body, "updated_at", one.updatedAt());
    return body;
  }

  private static OfUser user(UUID uuid, JsonNode body) throws Unreadable {
    User user =
        new User(
            new UserId(0),
            uuid,
            text(body, "username"),
            text(body, "email"),
            (int) Bodies.number(body, "role"),
            some(body, "city"),
            some(body, "country_code"),
            some(body, "url"),
            text(body, "legacy_api_key"),
            time(body, "created_at"),
            time(body, "updated_at"),
            Optional.empty(),
            new Preferences(
                Language.of(some(body, "language").orElse("en")).orElse(Language.EN),
                some(body, "time_zone").orElse("Etc/UTC"),
                Set.of()));
    return new OfUser(
        user, text(body, "password"), some(body, "token"), Bodies.sometime(body, "token_ends_at"));
  }

  private static ObjectNode of(OfDevice told) {
    ObjectNode body = DeviceBody.of(told.device()).put("owner", told.owner().toString());
    put(body, "token", told.token());
    told.tokenEndsAt().ifPresent(end -> put(body, "token_ends_at", end));
    return body;
  }

  private static OfDevice device(UUID uuid, JsonNode body) throws Unreadable {
    return new OfDevice(
        DeviceBody.read(uuid, body),
        Bodies.uuid(text(body, "owner")),
        some(body, "token"),
        Bodies.sometime(body, "token_ends_at"));
  }
}
