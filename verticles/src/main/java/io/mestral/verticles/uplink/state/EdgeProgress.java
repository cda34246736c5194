package io.mestral.verticles.uplink.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an edge is with what it brings, as it says itself.
 *
 * @param at when it said so, by its clock
 * @param completeTo of everything measured before that the node above is known to have the same
 * @param hoursUnsent hours of devices of which that isn't known yet
 * @param unsentFrom the beginning of the oldest hour that has readings not brought yet; empty when
 *     all were brought
 * @param tally what became of readings and hours since the edge was started
 * @param isPaused whether nothing is brought at the moment because somebody wanted so
 */
public record EdgeProgress(
    Instant at,
    Instant completeTo,
    long hoursUnsent,
    Optional<Instant> unsentFrom,
    Tally tally,
    boolean isPaused) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Counted since the start.
   *
   * @param sentReadings that were acknowledged
   * @param repairedHours that were brought once more because the node above had others
   * @param differingHours of which it has others all the same
   * @param refusedHours that it doesn't take
   */
  public record Tally(
      long sentReadings, long repairedHours, long differingHours, long refusedHours) {}

  /** Whether nothing but time has passed. */
  public boolean isLike(EdgeProgress other) {
    return hoursUnsent == other.hoursUnsent
        && unsentFrom.equals(other.unsentFrom)
        && tally.equals(other.tally)
        && isPaused == other.isPaused;
  }

  /** As it goes over the link. */
  public Buffer written() {
    JsonObject said =
        new JsonObject()
            .put("version", 1)
            .put("at", at.toString())
            .put("complete_to", completeTo.toString())
            .put("hours_unsent", hoursUnsent)
            .put("sent_readings", tally.sentReadings())
            .put("repaired_hours", tally.repairedHours())
            .put("differing_hours", tally.differingHours())
            .put("refused_hours", tally.refusedHours())
            .put("is_paused", isPaused);
    unsentFrom.ifPresent(from -> said.put("unsent_from", from.toString()));
    return said.toBuffer();
  }

  /** What came over the link. */
  public static EdgeProgress read(Buffer body) throws Unreadable {
    try {
      JsonNode said = JSON.readTree(body.getBytes());
      return new EdgeProgress(
          Bodies.time(said, "at"),
          Bodies.time(said, "complete_to"),
          Bodies.number(said, "hours_unsent"),
          Bodies.sometime(said, "unsent_from"),
          new Tally(
              Bodies.number(said, "sent_readings"),
              Bodies.number(said, "repaired_hours"),
              Bodies.number(said, "differing_hours"),
              Bodies.number(said, "refused_hours")),
          said.path("is_paused").asBoolean(false));
    } catch (IOException broken) {
      throw new Unreadable("no JSON");
    }
  }
}
