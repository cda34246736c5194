package io.mestral.verticles.uplink.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.platform.Device;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What became of devices at an edge, as JSON in gzip (docs/edge.md).
 *
 * @param devices that were made or changed there
 * @param archived by their UUIDs
 */
public record DeviceNews(List<Device> devices, List<UUID> archived) {
  private static final int VERSION = 1;
  private static final int LARGEST = 64 << 20; // bytes of JSON
  private static final ObjectMapper JSON = new ObjectMapper();

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
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    ArrayNode changed = root.putArray("devices");
    for (Device one : devices)
      changed.addObject().put("uuid", one.uuid().toString()).setAll(DeviceBody.of(one));
    ArrayNode gone = root.putArray("archived");
    archived.forEach(one -> gone.add(one.toString()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(JSON.writeValueAsBytes(root));
    } catch (IOException never) {
      throw new UncheckedIOException("memory takes everything", never);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** What came over the link. */
  public static DeviceNews read(Buffer body) throws Unreadable {
    JsonNode root;
    try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
      byte[] json = packed.readNBytes(LARGEST + 1);
      if (json.length > LARGEST) throw new Unreadable("more than " + LARGEST + " bytes");
      root = JSON.readTree(json);
    } catch (IOException broken) {
      throw new Unreadable("no JSON in gzip");
    }
    if (root.path("version").asInt() != VERSION)
      throw new Unreadable(
          "version " + root.path("version") + " of the format, where " + VERSION + " is known");
    List<Device> devices = new ArrayList<>();
    for (JsonNode one : root.path("devices"))
      devices.add(DeviceBody.read(Bodies.uuid(one.path("uuid").asText()), one));
    List<UUID> archived = new ArrayList<>();
    for (JsonNode one : root.path("archived")) archived.add(Bodies.uuid(one.asText()));
    return new DeviceNews(devices, archived);
  }
}
