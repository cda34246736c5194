package io.mestral.verticles.http.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.platform.Component;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.ingestion.Batch;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A JSON array of objects, each with a {@code timestamp} and raw numbers by key (spec 2.7).
 *
 * @param text as it stands in the header
 */
record LegacyData(LegacyKit kit, String text, Instant now) {
  private static final Set<String> KEYS =
      Set.of("temp", "hum", "light", "bat", "panel", "co", "no2", "noise", "nets");

  private static final int YEARS_BACK = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What is in it.
   *
   * @param problem what is wrong with the rest
   */
  record Contents(Batch batch, Optional<String> problem) {
    private static Contents unreadable(String problem) {
      return new Contents(new Batch(List.of()), Optional.of("Message not parsed: " + problem));
    }
  }

  /** By the sensors of the device that says it: its own come first, then those of its board. */
  Contents contents(List<Component> components) {
    JsonNode array;
    try {
      array = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return Contents.unreadable("no JSON in X-SmartCitizenData");
    }
    if (!array.isArray()) return Contents.unreadable("X-SmartCitizenData is no JSON array");
    List<Entry> entries = new ArrayList<>();
    Optional<String> problem = Optional.empty();
    for (JsonNode object : array) {
      Time time = time(object);
      if (time instanceof Time.At at && isTooOld(at))
        problem = Optional.of("Timestamp not within range");
      else entries.add(new Entry(time, values(object, components)));
    }
    return new Contents(new Batch(entries), problem);
  }

  private boolean isTooOld(Time.At time) {
    Instant earliest = now.atOffset(ZoneOffset.UTC).minusYears(YEARS_BACK).toInstant();
    return time.epochSecond() < earliest.getEpochSecond();
  }

  private static Time time(JsonNode object) {
    String text = object.path("timestamp").asText("");
    if (text.isBlank()) return Time.MISSING;
    OptionalLong second = TimeText.parse(text);
    return second.isPresent() ? new Time.At(second.getAsLong()) : new Time.Unreadable(text);
  }

  private List<Value> values(JsonNode object, List<Component> components) {
    List<Value> values = new ArrayList<>();
    for (String key : KEYS)
      if (object.has(key)) values.add(new Value(sensor(key, components), number(object.get(key))));
    return values;
  }

  private String sensor(String key, List<Component> components) {
    boolean own = components.stream().anyMatch(component -> component.key().equals(key));
    if (own) return key;
    return kit.sensor(key).map(Object::toString).orElse(key);
  }

  /** Not a number is a value that was said and is none. */
  private static double number(JsonNode node) {
    if (node.isNumber()) return node.doubleValue();
    try {
      return Double.parseDouble(node.asText("").strip());
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }
}
