package io.mestral.verticles.uplink.proof;

import io.mestral.model.reading.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An edge asks whether the node above has the same readings of some hours (docs/edge.md).
 *
 * @param number tells which question an answer is to
 */
public record Question(long number, List<HourOf> hours) {
  private static final int VERSION = 1;
  private static final int MOST = 10_000;

  /**
   * What the edge has of an hour.
   *
   * @param hour since 1970, UTC
   */
  public record HourOf(UUID device, long hour, Digest digest) {}

  /** What the node above found. */
  public enum Outcome {
    /** It has the same. */
    EQUAL,
    /** It has others, more or fewer. */
    DIFFERENT,
    /** It has no such device, or it isn't for this edge to speak of. */
    REFUSED
  }

  /**
   * What it says.
   *
   * @param outcomes one for each hour, in the order of the question
   */
  public record Answer(long number, List<Outcome> outcomes) {
    /** As it goes over the link. */
    public Buffer written() {
      JsonArray said = new JsonArray();
      outcomes.forEach(one -> said.add(one.name().toLowerCase(Locale.ROOT)));
      return new JsonObject()
          .put("version", VERSION)
          .put("number", number)
          .put("outcomes", said)
          .toBuffer();
    }

    /**
     * What came over the link.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Answer read(Buffer body) {
      return checked(
          body,
          said -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (Object one : said.getJsonArray("outcomes"))
              outcomes.add(Outcome.valueOf(one.toString().toUpperCase(Locale.ROOT)));
            return new Answer(said.getLong("number"), outcomes);
          });
    }
  }

  /** As it goes over the link. */
  public Buffer written() {
    JsonArray said = new JsonArray();
    for (HourOf one : hours)
      said.add(
          new JsonObject()
              .put("device", one.device().toString())
              .put("hour", one.hour())
              .put("count", one.digest().count())
              .put("sum", one.digest().text()));
    return new JsonObject()
        .put("version", VERSION)
        .put("number", number)
        .put("hours", said)
        .toBuffer();
  }

  /**
   * What came over the link.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Question read(Buffer body) {
    return checked(
        body,
        said -> {
          JsonArray hours = said.getJsonArray("hours");
          if (hours.size() > MOST) throw new IllegalArgumentException("more than " + MOST);
          List<HourOf> read = new ArrayList<>();
          for (int i = 0; i < hours.size(); i++) {
            JsonObject one = hours.getJsonObject(i);
            read.add(
                new HourOf(
                    UUID.fromString(one.getString("device")),
                    one.getLong("hour"),
                    new Digest(
                        one.getLong("count"), Long.parseUnsignedLong(one.getString("sum"), 16))));
          }
          return new Question(said.getLong("number"), read);
        });
  }

  private static <T> T checked(Buffer body, java.util.function.Function<JsonObject, T> reader) {
    try {
      JsonObject said = new JsonObject(body);
      if (said.getInteger("version", 0) != VERSION)
        throw new IllegalArgumentException("version " + said.getValue("version"));
      return reader.apply(said);
    } catch (DecodeException | ClassCastException | NullPointerException broken) {
      throw new IllegalArgumentException("no such JSON", broken);
    }
  }
}
