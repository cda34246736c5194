package io.mestral.verticles.ingestion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.verticles.ingestion.Batch.Value;
import java.time.Instant;
import java.util.List;

/** An entry as JSON, in the form in which a batch has it. */
final class EntryText {
  private EntryText() {}

  static String of(long epochSecond, List<Value> values) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("recorded_at", time(epochSecond));
    ArrayNode sensors = entry.putArray("sensors");
    for (Value value : values) {
      ObjectNode sensor = sensors.addObject().put("id", value.sensor());
      if (Double.isFinite(value.value())) sensor.put("value", value.value());
      else sensor.putNull("value");
    }
    return entry.toString();
  }

  /** A year that has more than four digits is a plain number: nothing else reads it. */
  private static String time(long epochSecond) {
    boolean known =
        epochSecond > Instant.MIN.getEpochSecond() && epochSecond < Instant.MAX.getEpochSecond();
    return known ? Instant.ofEpochSecond(epochSecond).toString() : Long.toString(epochSecond);
  }
}
