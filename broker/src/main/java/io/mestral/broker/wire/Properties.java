package io.mestral.broker.wire;

import io.mestral.model.mqtt.UserProperty;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One packet's block of properties, read and checked (MQTT 5, 2.2.2). */
final class Properties {
  static final Properties NONE = new Properties();

  private final Map<Property, Object> values = new EnumMap<>(Property.class);
  private List<UserProperty> userProperties = List.of();

  /** Reads the block that stands next in a packet of this type. */
  static Properties read(Body body, PacketType packet) {
    int length = body.variableInteger();
    if (length == 0) return NONE;
    int after = body.left() - length;
    if (after < 0) throw BrokenPacket.malformed("properties are longer than their packet");
    Properties properties = new Properties();
    while (body.left() > after) properties.add(Property.in(packet, body.variableInteger()), body);
    if (body.left() < after) throw BrokenPacket.malformed("a property is longer than its block");
    return properties;
  }

  boolean isEmpty() {
    return this == NONE;
  }

  boolean has(Property property) {
    return values.containsKey(property);
  }

  /** Whether this property stands in the block, and nothing else. */
  boolean isOnly(Property property) {
    return values.size() == 1 && userProperties.isEmpty() && has(property);
  }

  OptionalLong number(Property property) {
    return values.get(property) instanceof Long number
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  OptionalInt integer(Property property) {
    return values.get(property) instanceof Long number
        ? OptionalInt.of(number.intValue())
        : OptionalInt.empty();
  }

  /** Whether a flag is set; {@code otherwise} when the client doesn't say. */
  boolean flag(Property property, boolean otherwise) {
    return number(property).orElse(otherwise ? 1 : 0) == 1;
  }

  Optional<String> text(Property property) {
    return Optional.ofNullable((String) values.get(property));
  }

  Optional<Buffer> binary(Property property) {
    return Optional.ofNullable((Buffer) values.get(property));
  }

  List<UserProperty> userProperties() {
    return userProperties;
  }

  private void add(Property property, Body body) {
    if (property == Property.USER_PROPERTY) {
      if (userProperties.isEmpty()) userProperties = new ArrayList<>();
      userProperties.add(new UserProperty(body.text(), body.text()));
    } else if (values.put(property, value(property, body)) != null) {
      throw BrokenPacket.protocolError("a property stands twice: " + property);
    }
  }

  private static Object value(Property property, Body body) {
    return switch (property.kind) {
      case FLAG -> inRange(property, body.octet(), 0, 1);
      case TWO_OCTETS -> (long) body.twoOctets();
      case POSITIVE_TWO_OCTETS -> inRange(property, body.twoOctets(), 1, 65_535);
      case FOUR_OCTETS -> body.fourOctets();
      case POSITIVE_FOUR_OCTETS -> inRange(property, body.fourOctets(), 1, 0xFFFF_FFFFL);
      case POSITIVE_VARIABLE -> inRange(property, body.variableInteger(), 1, 268_435_455);
      case TEXT -> body.text();
      case BINARY -> body.binary();
      case PAIR -> throw new IllegalStateException("pairs are kept in a list of their own");
    };
  }

  private static Long inRange(Property property, long value, long least, long most) {
    if (value < least || value > most)
      throw BrokenPacket.protocolError("out of range: " + property + " " + value);
    return value;
  }
}
