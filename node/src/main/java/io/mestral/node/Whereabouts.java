package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the readings of a data folder are, once they were moved: a small file in the folder, so
 * that no start takes an empty or an old store for theirs. Without a move there is no file.
 */
final class Whereabouts {
  /** The file's name. */
  static final String FILE = "stores.json";

  private static final Logger log = LoggerFactory.getLogger(Whereabouts.class);
  private static final String MOVED = "readings";
  private static final String UNFINISHED = "unfinished";
  private static final String CHECKSUM = "crc";

  private final PrivateFiles files;
  private volatile Optional<Move> moved;
  private volatile Optional<Move> unfinished;

  /** A place that keeps readings. */
  record Place(Optional<CassandraOptions> cluster) {
    /** What stays the same whichever of a cluster's servers are named. */
    String id() {
      return cluster.map(options -> "cassandra/" + options.keyspace()).orElse("embedded");
    }

    /** For messages; without the password. */
    String text() {
      return cluster
          .map(
              options ->
                  "cassandra://" + options.address().replace(" ", "") + "/" + options.keyspace())
          .orElse("embedded");
    }
  }

  /**
   * One move.
   *
   * @param to the place's id
   * @param toText the same for messages
   */
  record Move(String from, String to, String toText, Instant since) {
    static Move of(Place from, Place to, Instant since) {
      return new Move(from.id(), to.id(), to.text(), since);
    }

    private JsonObject json() {
      return new JsonObject()
          .put("from", from)
          .put("to", to)
          .put("address", toText)
          .put("since", since.toString());
    }

    private static Move of(JsonObject json) {
      return new Move(
          json.getString("from"),
          json.getString("to"),
          json.getString("address"),
          Instant.parse(json.getString("since")));
    }
  }

  private Whereabouts(PrivateFiles files, Optional<Move> moved, Optional<Move> unfinished) {
    this.files = files;
    this.moved = moved;
    this.unfinished = unfinished;
  }

  /** Reads what a folder says; what is damaged is set aside. */
  static Whereabouts in(Path folder) {
    PrivateFiles files = new PrivateFiles(folder);
    try {
      Optional<byte[]> content = files.read(FILE);
      if (content.isEmpty()) return new Whereabouts(files, Optional.empty(), Optional.empty());
      try {
        JsonObject json = sound(new String(content.get(), StandardCharsets.UTF_8));
        return new Whereabouts(files, move(json, MOVED), move(json, UNFINISHED));
      } catch (DecodeException e) {
        log.error("{} was damaged and is set aside as {}", FILE, files.setAside(FILE), e);
        return new Whereabouts(files, Optional.empty(), Optional.empty());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(FILE + " can't be read", failure);
    }
  }

  private static JsonObject sound(String text) {
    JsonObject json = new JsonObject(text);
    Object checksum = json.remove(CHECKSUM);
    if (!checksum(json).equals(checksum)) throw new DecodeException("the checksum is wrong");
    return json;
  }

  private static Optional<Move> move(JsonObject json, String name) {
    return Optional.ofNullable(json.getJsonObject(name)).map(Move::of);
  }

  private static String checksum(JsonObject json) {
    CRC32C crc = new CRC32C();
    crc.update(json.encode().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /** The last move that came to its end. */
  Optional<Move> moved() {
    return moved;
  }

  /** One that was begun and is not at its end. */
  Optional<Move> unfinished() {
    return unfinished;
  }

  /**
   * Whether what is at this place is what an earlier attempt of this node brought there. A keyspace
   * of the same name on other servers is somebody else's.
   */
  boolean isUnfinishedAt(Place place) {
    return isUnfinishedTo(place) && unfinished.get().toText.equals(place.text());
  }

  private boolean isUnfinishedTo(Place place) {
    return unfinished.isPresent() && unfinished.get().to.equals(place.id());
  }

  /**
   * Refuses a start on a store that doesn't have the readings.
   *
   * @throws StartFailure naming both places
   */
  void require(Place configured) {
    if (moved.isPresent() && !moved.get().to.equals(configured.id()))
      throw StartFailure.configuration(
          "storage.readings is "
              + configured.text()
              + ", but the readings were moved to "
              + moved.get().toText
              + " on "
              + moved.get().since
              + ": set it to that; ./mestral admin move readings brings them back then",
          null);
    if (moved.isEmpty() && isUnfinishedTo(configured))
      throw StartFailure.configuration(
          "storage.readings is "
              + configured.text()
              + ", but the readings are still in "
              + unfinished.get().from
              + ", as the move is not complete: set it back to that, and give ./mestral admin move"
              + " readings again",
          null);
  }

  /** A move begins. */
  void begin(Move move) throws IOException {
    write(moved, Optional.of(move));
  }

  /** A move came to its end: from now on the readings are there. */
  void end(Move move) throws IOException {
    write(Optional.of(move), Optional.empty());
  }

  /** Takes back an end that may have been written, as far as the disk lets us. */
  void withdraw(Optional<Move> movedBefore, Move move) throws IOException {
    write(movedBefore, Optional.of(move));
  }

  private void write(Optional<Move> nowMoved, Optional<Move> nowUnfinished) throws IOException {
    JsonObject json = new JsonObject();
    nowMoved.ifPresent(move -> json.put(MOVED, move.json()));
    nowUnfinished.ifPresent(move -> json.put(UNFINISHED, move.json()));
    json.put(CHECKSUM, checksum(json));
    files.writeForGood(FILE, json.encodePrettily().getBytes(StandardCharsets.UTF_8));
    moved = nowMoved;
    unfinished = nowUnfinished;
  }
}
