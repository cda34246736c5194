package io.mestral.verticles.uplink.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.platform.Device;
import io.mestral.verticles.uplink.wire.PackedJson;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What became of devices at an edge, as JSON in gzip (docs/edge.md).
 *
 * @param devices that were made or changed there
 * @param archived by their UUIDs
 */
public record DeviceNews(List<Device> devices, List<UUID> archived) {
  private static final int VERSION = 1;
  private static final int LARGEST = 64 << 20; // bytes of JSON

  /**
   * The same in messages of a size that every broker takes; none when there is nothing to tell.
   *
   * @param most devices in one
   */
  public List<DeviceNews> parts(int most) {
    List<DeviceNews> parts = new ArrayList<>();
    for (int i = 0; i < devices.size(); i += most)
      parts.add(new DeviceNews(devices.subList(i, Math.min(i + most, devices.size())), List.of()));
    for (int i = 0; i < archived.size(); i += most)
      parts.add(
          new DeviceNews(List.of(), archived.subList(i, Math.min(i + most, archived.size()))));
    return parts;
  }

  /** As it goes over the link. */
  public Buffer written() {
    ObjectNode root = Bodies.fresh().put("version", VERSION);
    ArrayNode changed = root.putArray("devices");
    for (Device one : devices)
      changed.addObject().put("uuid", one.uuid().toString()).setAll(DeviceBody.of(one));
    ArrayNode gone = root.putArray("archived");
    archived.forEach(one -> gone.add(one.toString()));
    return Buffer.buffer(PackedJson.write(root));
  }

  /** What came over the link. */
  public static DeviceNews read(Buffer body) throws Unreadable {
    JsonNode root = PackedJson.read(body.getBytes(), VERSION, LARGEST);
    List<Device> devices = new ArrayList<>();
    for (JsonNode one : root.path("devices"))
      devices.add(DeviceBody.read(Bodies.uuid(one.path("uuid").asText()), one));
    List<UUID> archived = new ArrayList<>();
    for (JsonNode one : root.path("archived")) archived.add(Bodies.uuid(one.asText()));
    return new DeviceNews(devices, archived);
  }
}
