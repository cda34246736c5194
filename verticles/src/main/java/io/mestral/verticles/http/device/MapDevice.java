package io.mestral.verticles.http.device;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.Location;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A device as the maps of the world show it to everybody (spec 2.5), written down but for what its
 * readings and the time make of it, so that a hundred thousand of them are put together quickly.
 */
public final class MapDevice {
  private static final byte[] STATE = utf8(",\"state\":\"has_published\",\"system_tags\":[");
  private static final byte[] HEARD = utf8(",\"last_reading_at\":\"");
  private static final byte[] LOCATION = utf8("\",");

  private final byte[] head;
  private final byte[] tags;
  private final byte[] tail;
  private final Optional<String> exposure;
  private final Instant createdAt;

  private MapDevice(
      byte[] head, byte[] tags, byte[] tail, Optional<String> exposure, Instant createdAt) {
    this.head = head;
    this.tags = tags;
    this.tail = tail;
    this.exposure = exposure;
    this.createdAt = createdAt;
  }

  /** A device that stands somewhere and is no test. */
  public static MapDevice of(Device device) {
    byte[] head =
        members(
            json ->
                json.field("id", device.id().value())
                    .field("name", device.name())
                    .field("description", device.description()));
    byte[] tags = members(json -> json.array("user_tags", () -> {}));
    byte[] tail = members(json -> placeAndMake(json, device));
    return new MapDevice(head, tags, tail, device.location().exposure(), device.createdAt());
  }

  /** What of it changes with time alone. */
  public record Moment(long heardAt, boolean isNew, boolean isOnline) {}

  /**
   * How it is now.
   *
   * @param heardAt the second of its newest reading
   */
  public Moment at(long heardAt, Instant now) {
    return new Moment(
        heardAt,
        SystemTags.isNew(createdAt, now),
        SystemTags.isOnline(Instant.ofEpochSecond(heardAt), now));
  }

  /** Writes the object as it is at a moment. */
  public void write(Moment moment, ByteArrayOutputStream out) {
    SystemTags system = new SystemTags(exposure, moment.isNew, false, moment.isOnline);
    out.write('{');
    out.writeBytes(head);
    out.writeBytes(STATE);
    out.writeBytes(utf8("\"" + String.join("\",\"", system.sorted()) + "\"],"));
    out.writeBytes(tags);
    out.writeBytes(HEARD);
    out.writeBytes(utf8(TimeText.of(moment.heardAt)));
    out.writeBytes(LOCATION);
    out.writeBytes(tail);
    out.write('}');
  }

  private static void placeAndMake(JsonWriter json, Device device) {
    Location place = device.location();
    json.object(
        "location",
        () -> {
          place.exposure().ifPresent(exposure -> json.field("exposure", exposure));
          place.latitude().ifPresent(degrees -> json.field("latitude", degrees));
          place.longitude().ifPresent(degrees -> json.field("longitude", degrees));
        });
    HardwareName hardware = HardwareName.of(device.hardware());
    json.object(
        "hardware",
        () ->
            json.field("name", hardware.name())
                .field("type", hardware.type())
                .field("version", hardware.version())
                .field("slug", hardware.slug())
                .field("last_status_message", DevicePresenter.FILTERED));
  }

  /** The members of an object without its brackets. */
  private static byte[] members(Consumer<JsonWriter> content) {
    byte[] object = JsonWriter.write(json -> json.object(() -> content.accept(json))).getBytes();
    return Arrays.copyOfRange(object, 1, object.length - 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapDevice device
        && Arrays.equals(head, device.head)
        && Arrays.equals(tags, device.tags)
        && Arrays.equals(tail, device.tail)
        && exposure.equals(device.exposure)
        && createdAt.equals(device.createdAt);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(head) * 31 + Arrays.hashCode(tail);
  }
}
