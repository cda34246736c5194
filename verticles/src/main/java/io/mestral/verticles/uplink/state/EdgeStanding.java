package io.mestral.verticles.uplink.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/**
 * What an edge has: said when it is connected, and after each message that it took.
 *
 * @param number of the last message that it took; 0 before the first
 * @param digest of its records
 * @param numbersLeft for devices that are made there; empty when it was given none yet
 */
public record EdgeStanding(long number, String digest, Optional<Long> numbersLeft) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As it goes over the link. */
  public Buffer written() {
    JsonObject said = new JsonObject().put("version", 1).put("number", number);
    said.put("digest", digest);
    numbersLeft.ifPresent(left -> said.put("numbers_left", left));
    return said.toBuffer();
  }

  /** What came over the link. */
  public static EdgeStanding read(Buffer body) throws Unreadable {
    try {
      JsonNode said = JSON.readTree(body.getBytes());
      if (!said.path("number").canConvertToLong() || !said.path("digest").isTextual())
        throw new Unreadable("no number, or no digest");
      return new EdgeStanding(
          said.path("number").asLong(),
          said.path("digest").asText(),
          Optional.of(said.path("numbers_left"))
              .filter(JsonNode::isIntegralNumber)
              .map(JsonNode::asLong));
    } catch (IOException broken) {
      throw new Unreadable("no JSON");
    }
  }
}
