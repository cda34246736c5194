package io.mestral.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * The sensors and measurements every platform starts with, ids as kits in the field name them. Two
 * readings of the same seed are equal: what the shipped file lacks is derived, never drawn.
 */
public record CatalogueSeed(List<Sensor> sensors, List<Measurement> measurements) {
  /** When the seed says its entries were made: the same on every node. */
  public static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

  private static final String RESOURCE = "smart-citizen-sensors.json";

  /** Copies the lists. */
  public CatalogueSeed {
    sensors = List.copyOf(sensors);
    measurements = List.copyOf(measurements);
  }

  /** The seed that is part of the program. */
  public static CatalogueSeed shipped() {
    try (InputStream in = CatalogueSeed.class.getResourceAsStream(RESOURCE)) {
      if (in == null) throw new IllegalStateException("the program lacks " + RESOURCE);
      return of(new ObjectMapper().readTree(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
    }
  }

  private static CatalogueSeed of(JsonNode file) {
    List<Measurement> measurements = new ArrayList<>();
    for (JsonNode entry : file.path("measurements")) measurements.add(measurement(entry, file));
    Set<String> keys = knownKeys(file.path("sensors"));
    List<Sensor> sensors = new ArrayList<>();
    for (JsonNode entry : file.path("sensors")) sensors.add(sensor(entry, file, keys));
    return new CatalogueSeed(sensors, measurements);
  }

  private static Measurement measurement(JsonNode entry, JsonNode file) {
    int id = entry.path("id").intValue();
    String name = entry.path("name").textValue();
    return new Measurement(
        id,
        uuid(file.path("measurement_uuids_seen"), "measurement", id),
        name,
        name,
        text(entry, "unit"),
        Optional.empty(),
        CREATED,
        CREATED);
  }

  private static Sensor sensor(JsonNode entry, JsonNode file, Set<String> keys) {
    int id = entry.path("id").intValue();
    String name = entry.path("name").textValue();
    return new Sensor(
        new SensorId(id),
        uuid(file.path("sensor_uuids_seen"), "sensor", id),
        number(entry, "parent_id"),
        name,
        name,
        knownKey(entry).orElseGet(() -> derivedKey(name, id, keys)),
        text(entry, "unit"),
        number(entry, "measurement_id"),
        calibration(entry.path("equation")),
        calibration(entry.path("reverse_equation")),
        Optional.empty(),
        Optional.empty(),
        CREATED,
        CREATED);
  }

  private static Set<String> knownKeys(JsonNode sensors) {
    Set<String> keys = new HashSet<>();
    for (JsonNode entry : sensors) knownKey(entry).ifPresent(keys::add);
    return keys;
  }

  private static Optional<String> knownKey(JsonNode entry) {
    return text(entry, "default_key").or(() -> text(entry, "suggested_key"));
  }

  private static String derivedKey(String name, int id, Set<String> taken) {
    String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").trim();
    String key = words.isEmpty() ? "sensor" : words.replace(' ', '_');
    String free = taken.contains(key) ? key + "_" + id : key;
    taken.add(free);
    return free;
  }

  private static Calibration calibration(JsonNode equation) {
    if (equation.isTextual()) return Calibration.parse(equation.textValue());
    if (!equation.isObject()) return Calibration.IDENTITY;
    StringBuilder table = new StringBuilder("table");
    for (JsonNode point : equation.path("points"))
      table.append(' ').append(point.path(0).asText()).append(':').append(point.path(1).asText());
    return Calibration.parse(table.toString());
  }

  /** The one the public platform uses where it was seen, else one made from the id. */
  private static UUID uuid(JsonNode seen, String kind, int id) {
    return text(seen, Integer.toString(id))
        .map(UUID::fromString)
        .orElseGet(
            () -> {
              String name = "urn:smartcitizen:" + kind + ":" + id;
              return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
            });
  }

  private static Optional<String> text(JsonNode entry, String member) {
    return Optional.ofNullable(entry.path(member).textValue());
  }

  private static OptionalInt number(JsonNode entry, String member) {
    JsonNode value = entry.path(member);
    return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }
}
