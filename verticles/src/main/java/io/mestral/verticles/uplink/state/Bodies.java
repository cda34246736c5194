package io.mestral.verticles.uplink.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.verticles.uplink.wire.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/** Members of bodies, written and read; what is lacking isn't there. */
final class Bodies {
  private Bodies() {}

  static ObjectNode fresh() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void put(ObjectNode body, String member, Optional<String> value) {
    value.ifPresent(text -> body.put(member, text));
  }

  static void put(ObjectNode body, String member, OptionalDouble value) {
    value.ifPresent(number -> body.put(member, number));
  }

  static void put(ObjectNode body, String member, OptionalInt value) {
    value.ifPresent(number -> body.put(member, number));
  }

  static void put(ObjectNode body, String member, Instant time) {
    body.put(member, time.toString());
  }

  static String text(JsonNode body, String member) throws Unreadable {
    if (!body.path(member).isTextual()) throw new Unreadable("no " + member);
    return body.path(member).asText();
  }

  static Optional<String> some(JsonNode body, String member) {
    return Optional.of(body.path(member)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  static OptionalDouble degrees(JsonNode body, String member, double most) throws Unreadable {
    if (!body.has(member)) return OptionalDouble.empty();
    double value = body.get(member).asDouble(Double.NaN);
    if (!(Math.abs(value) <= most)) throw new Unreadable(member + " is no angle");
    return OptionalDouble.of(value);
  }

  static OptionalInt whole(JsonNode body, String member) {
    return body.path(member).isInt()
        ? OptionalInt.of(body.path(member).asInt())
        : OptionalInt.empty();
  }

  static long number(JsonNode body, String member) throws Unreadable {
    if (!body.path(member).isIntegralNumber() || !body.path(member).canConvertToLong())
      throw new Unreadable("no whole number as " + member);
    return body.path(member).asLong();
  }

  static int id(JsonNode body) throws Unreadable {
    long id = number(body, "id");
    if (id < 1 || id > Integer.MAX_VALUE) throw new Unreadable("no id");
    return (int) id;
  }

  static Instant time(JsonNode body, String member) throws Unreadable {
    try {
      return Instant.parse(text(body, member));
    } catch (DateTimeException other) {
      throw new Unreadable(member + " is no time");
    }
  }

  static Optional<Instant> sometime(JsonNode body, String member) throws Unreadable {
    return body.has(member) ? Optional.of(time(body, member)) : Optional.empty();
  }

  static UUID uuid(String text) throws Unreadable {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException other) {
      throw new Unreadable("no UUID: " + text);
    }
  }

  static Optional<UUID> someUuid(JsonNode body, String member) throws Unreadable {
    Optional<String> text = some(body, member);
    return text.isEmpty() ? Optional.empty() : Optional.of(uuid(text.get()));
  }
}
