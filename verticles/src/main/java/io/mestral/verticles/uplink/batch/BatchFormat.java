package io.mestral.verticles.uplink.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.model.reading.Samples;
import io.mestral.verticles.uplink.wire.PackedJson;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A {@link ReadingBatch} as JSON in gzip (docs/edge.md). Times are differences in seconds, values
 * the shortest decimals that give the same double again. Members that a reader doesn't know it
 * leaves unread, so that later versions can add some.
 */
public final class BatchFormat {
  private static final int VERSION = 1;
  private static final int LARGEST = 64 << 20; // bytes of JSON; a batch has some hundred thousand

  private BatchFormat() {}

  /** As it goes over the link. */
  public static Buffer write(ReadingBatch batch) {
    return Buffer.buffer(PackedJson.write(out -> write(out, batch)));
  }

  private static void write(JsonGenerator out, ReadingBatch batch) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeNumberField("epoch", batch.epoch());
    out.writeNumberField("number", batch.number());
    write(out, batch.device());
    out.writeArrayFieldStart("series");
    for (Map.Entry<UUID, Samples> one : batch.series().entrySet())
      write(out, one.getKey(), one.getValue());
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, DeviceNote device) throws IOException {
    out.writeObjectFieldStart("device");
    out.writeStringField("uuid", device.uuid().toString());
    if (device.id() > 0) out.writeNumberField("id", device.id());
    out.writeStringField("name", device.name());
    if (device.latitude().isPresent())
      out.writeNumberField("latitude", device.latitude().getAsDouble());
    if (device.longitude().isPresent())
      out.writeNumberField("longitude", device.longitude().getAsDouble());
    if (device.exposure().isPresent()) out.writeStringField("exposure", device.exposure().get());
    out.writeBooleanField("is_private", device.isPrivate());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, UUID sensor, Samples samples) throws IOException {
    out.writeStartObject();
    out.writeStringField("sensor", sensor.toString());
    out.writeArrayFieldStart("times");
    long before = 0;
    for (int i = 0; i < samples.size(); i++) {
      out.writeNumber(samples.time(i) - before);
      before = samples.time(i);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("values");
    for (int i = 0; i < samples.size(); i++) out.writeNumber(samples.value(i));
    out.writeEndArray();
    out.writeEndObject();
  }

  /** What came over the link. */
  public static ReadingBatch read(Buffer body) throws Unreadable {
    JsonNode root = PackedJson.read(body.getBytes(), VERSION, LARGEST);
    Map<UUID, Samples> series = new LinkedHashMap<>();
    for (JsonNode one : array(root, "series")) {
      if (series.put(uuid(one, "sensor"), samples(one)) != null)
        throw new Unreadable("a sensor that stands there twice");
    }
    return new ReadingBatch(
        number(root, "epoch"), number(root, "number"), device(root.path("device")), series);
  }

  private static DeviceNote device(JsonNode said) throws Unreadable {
    String name = said.path("name").asText();
    if (name.isBlank()) throw new Unreadable("a device without name");
    return new DeviceNote(
        uuid(said, "uuid"),
        Math.max(0, said.path("id").asLong()),
        name,
        degrees(said, "latitude", 90),
        degrees(said, "longitude", 180),
        Optional.of(said.path("exposure").asText()).filter(one -> !one.isEmpty()),
        said.path("is_private").asBoolean(true));
  }

  private static OptionalDouble degrees(JsonNode said, String member, double most)
      throws Unreadable {
    if (!said.has(member)) return OptionalDouble.empty();
    double value = said.get(member).asDouble(Double.NaN);
    if (!(Math.abs(value) <= most)) throw new Unreadable(member + " is no angle");
    return OptionalDouble.of(value);
  }

  private static Samples samples(JsonNode said) throws Unreadable {
    JsonNode differences = array(said, "times");
    JsonNode numbers = array(said, "values");
    int size = differences.size();
    if (numbers.size() != size) throw new Unreadable("as many values as times are needed");
    long[] times = new long[size];
    double[] values = new double[size];
    long time = 0;
    for (int i = 0; i < size; i++) {
      JsonNode step = differences.get(i);
      if (!step.canConvertToLong() || !step.isIntegralNumber())
        throw new Unreadable("a time that is no whole number");
      if (i > 0 && step.longValue() <= 0) throw new Unreadable("times that don't ascend");
      time += step.longValue();
      times[i] = time;
      values[i] = numbers.get(i).isNumber() ? numbers.get(i).doubleValue() : Double.NaN;
      if (!Double.isFinite(values[i])) throw new Unreadable("a value that is no number");
    }
    return new Samples(times, values, size);
  }

  private static JsonNode array(JsonNode said, String member) throws Unreadable {
    JsonNode found = said.path(member);
    if (!found.isArray()) throw new Unreadable("no list of " + member);
    return found;
  }

  private static long number(JsonNode said, String member) throws Unreadable {
    JsonNode found = said.path(member);
    if (!found.isIntegralNumber() || !found.canConvertToLong())
      throw new Unreadable("no number as " + member);
    return found.longValue();
  }

  private static UUID uuid(JsonNode said, String member) throws Unreadable {
    try {
      return UUID.fromString(said.path(member).asText());
    } catch (IllegalArgumentException other) {
      throw new Unreadable("no UUID as " + member);
    }
  }
}
