package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.SensorId;
import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;
import java.util.UUID;

/**
 * The names of what the platform knows, as Entities.
 *
 * @param publicUrl the node's public URL, without a slash at the end
 */
public record PlatformIris(String publicUrl) {
  private static final String DEVICES = "/id/devices/";
  private static final int UUID_LENGTH = 36;

  /** A user, {@code {public-url}/id/users/{uuid}}. */
  public Iri user(UUID uuid) {
    return new Iri(publicUrl + "/id/users/" + uuid);
  }

  /** A device, {@code {public-url}/id/devices/{uuid}}. */
  public Iri device(UUID uuid) {
    return new Iri(publicUrl + DEVICES + uuid);
  }

  /** What a sensor of a device measures, {@code …/devices/{uuid}#{sensor id}}. */
  public Iri sensor(UUID device, SensorId sensor) {
    return new Iri(publicUrl + DEVICES + device + fragment(sensor));
  }

  /** This node, {@code {public-url}/id/node}. */
  public Iri node() {
    return new Iri(publicUrl + "/id/node");
  }

  /** The device that an IRI names; empty when it is of another form. */
  public Optional<UUID> deviceOf(Iri iri) {
    String text = iri.value();
    int start = publicUrl.length() + DEVICES.length();
    if (text.length() != start + UUID_LENGTH
        || !text.startsWith(publicUrl)
        || !text.startsWith(DEVICES, publicUrl.length())) return Optional.empty();
    try {
      UUID uuid = UUID.fromString(text.substring(start));
      return Optional.of(uuid).filter(one -> text.endsWith(one.toString())); // as it is written
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  /** The sensor that the name of a value of a device ends in; empty when it is of another form. */
  static Optional<SensorId> sensorOf(Iri device, Iri value) {
    String text = value.value();
    int start = device.value().length() + 1;
    int digits = text.length() - start;
    if (digits < 1 || digits > 9 || !text.startsWith(device.value())) return Optional.empty();
    if (text.charAt(start - 1) != '#') return Optional.empty();
    for (int at = start; at < text.length(); at++)
      if (text.charAt(at) < '0' || text.charAt(at) > '9') return Optional.empty();
    return Optional.of(new SensorId(Integer.parseInt(text, start, text.length(), 10)));
  }

  static String fragment(SensorId sensor) {
    return "#" + sensor.value();
  }
}
