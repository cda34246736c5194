package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.mestral.config.PostgresOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where readings and metadata of a data folder are, once they were moved: a small file in the
 * folder, so that no start takes an empty or an old store for theirs. Without a move there is no
 * file.
 */
final class Whereabouts {
  /** The file's name. */
  static final String FILE = "stores.json";

  /** How the configuration names the node's own stores. */
  static final String EMBEDDED = "embedded";

  private static final Logger log = LoggerFactory.getLogger(Whereabouts.class);
  private static final String MOVED = "moved";
  private static final String UNFINISHED = "unfinished";
  private static final String CHECKSUM = "crc";

  private final PrivateFiles files;
  private volatile Map<String, Move> moved;
  private volatile Map<String, Move> unfinished;

  /**
   * A place that keeps something.
   *
   * @param what is kept there: {@code readings} or {@code metadata}
   * @param id what stays the same whichever of its servers are named
   * @param text for messages; without a password
   */
  record Place(String what, String id, String text) {
    static Place ofReadings(Optional<CassandraOptions> cluster) {
      return new Place(
          "readings",
          cluster.map(options -> "cassandra/" + options.keyspace()).orElse(EMBEDDED),
          cluster
              .map(
                  options ->
                      "cassandra://"
                          + options.address().replace(" ", "")
                          + "/"
                          + options.keyspace())
              .orElse(EMBEDDED));
    }

    static Place ofMetadata(Optional<PostgresOptions> server) {
      return new Place(
          "metadata",
          server.map(options -> "postgresql/" + options.database()).orElse(EMBEDDED),
          server
              .map(options -> "postgresql://" + options.address() + "/" + options.database())
              .orElse(EMBEDDED));
    }

    boolean isEmbedded() {
      return id.equals(EMBEDDED);
    }
  }

  /**
   * One move.
   *
   * @param from the place's id
   * @param to the other place's id
   * @param toText the same for messages
   * @param id what no other move has, in whatever folder
   * @param restored whether a backup told of it: what the other place has may be of later attempts
   */
  record Move(String from, String to, String toText, Instant since, String id, boolean restored) {
    static Move of(Place from, Place to, Instant since, String id) {
      return new Move(from.id, to.id, to.text, since, id, false);
    }

    private Move asRestored() {
      return new Move(from, to, toText, since, id, true);
    }

    private JsonObject json() {
      return new JsonObject()
          .put("from", from)
          .put("to", to)
          .put("address", toText)
          .put("since", since.toString())
          .put("id", id)
          .put("restored", restored);
    }

    private static Move of(JsonObject json) {
      return new Move(
          json.getString("from"),
          json.getString("to"),
          json.getString("address"),
          Instant.parse(json.getString("since")),
          json.getString("id", ""),
          json.getBoolean("restored", false));
    }
  }

  private Whereabouts(PrivateFiles files, Map<String, Move> moved, Map<String, Move> unfinished) {
    this.files = files;
    this.moved = moved;
    this.unfinished = unfinished;
  }

  /** Reads what a folder says; what is damaged is set aside. */
  static Whereabouts in(Path folder) {
    PrivateFiles files = new PrivateFiles(folder);
    try {
      Optional<byte[]> content = files.read(FILE);
      if (content.isEmpty()) return new Whereabouts(files, Map.of(), Map.of());
      try {
        JsonObject json = sound(new String(content.get(), StandardCharsets.UTF_8));
        return new Whereabouts(files, moves(json, MOVED), moves(json, UNFINISHED));
      } catch (DecodeException e) {
        log.error("{} was damaged and is set aside as {}", FILE, files.setAside(FILE), e);
        return new Whereabouts(files, Map.of(), Map.of());
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

  private static Map<String, Move> moves(JsonObject json, String name) {
    Map<String, Move> moves = new TreeMap<>();
    JsonObject all = json.getJsonObject(name);
    for (String what : all.fieldNames()) moves.put(what, Move.of(all.getJsonObject(what)));
    return moves;
  }

  private static String checksum(JsonObject json) {
    CRC32C crc = new CRC32C();
    crc.update(json.encode().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /** The last move of something that came to its end. */
  Optional<Move> moved(String what) {
    return Optional.ofNullable(moved.get(what));
  }

  /** Whether the last move of something was from a server into the folder. */
  boolean isMovedHere(String what) {
    return moved(what).filter(move -> move.to.equals(EMBEDDED)).isPresent();
  }

  /** Whether the last move of something was from the folder to a server. */
  boolean isMovedAway(String what) {
    return moved(what).filter(move -> !move.to.equals(EMBEDDED)).isPresent();
  }

  /** One that was begun and is not at its end. */
  Optional<Move> unfinished(String what) {
    return Optional.ofNullable(unfinished.get(what));
  }

  /**
   * Whether what is at this place is what an earlier attempt of this node brought there. What has
   * the same name on other servers is somebody else's, and so is what a folder was restored for.
   */
  boolean isUnfinishedAt(Place place) {
    return unfinishedAt(place).isPresent();
  }

  /** The attempt that may go on there. */
  Optional<Move> unfinishedAt(Place place) {
    return unfinished(place.what)
        .filter(move -> move.to.equals(place.id) && move.toText.equals(place.text))
        .filter(move -> !move.restored);
  }

  /**
   * Refuses a start on a store that doesn't have what is to be in it.
   *
   * @throws StartFailure naming both places
   */
  void require(Place configured) {
    Optional<Move> last = moved(configured.what);
    if (last.isPresent() && !last.get().to.equals(configured.id))
      throw StartFailure.configuration(
          String.format(
              "storage.%1$s is %2$s, but the %1$s of this folder went to %3$s on %4$s: set it to"
                  + " that; ./mestral admin move %1$s brings them back then",
              configured.what, configured.text, last.get().toText, last.get().since),
          null);
    Optional<Move> begun = unfinished(configured.what);
    if (last.isEmpty() && begun.isPresent() && begun.get().to.equals(configured.id))
      throw StartFailure.configuration(
          String.format(
              "storage.%1$s is %2$s, but the %1$s of this folder are still in %3$s, as the move"
                  + " %4$s",
              configured.what,
              configured.text,
              begun.get().from,
              begun.get().restored
                  ? "was under way when the backup was made that this folder is from: set it back"
                      + " to that"
                  : "is not complete: set it back to that, and give ./mestral admin move "
                      + configured.what
                      + " again"),
          null);
  }

  /** A move begins. */
  void begin(String what, Move move) throws IOException {
    write(moved, with(unfinished, what, move));
  }

  /** A move came to its end: from now on it is there. */
  void end(String what, Move move) throws IOException {
    write(with(moved, what, move), without(unfinished, what));
  }

  /**
   * This folder is a copy: what it says about a move that isn't at its end may be long out of date,
   * and gives it no right to what is at the other place.
   */
  void restored() throws IOException {
    if (unfinished.isEmpty()) return;
    Map<String, Move> all = new TreeMap<>();
    unfinished.forEach((what, move) -> all.put(what, move.asRestored()));
    write(moved, all);
  }

  /** Takes back an end that may have been written, as far as the disk lets us. */
  void withdraw(String what, Optional<Move> movedBefore, Move move) throws IOException {
    write(
        movedBefore.map(before -> with(moved, what, before)).orElseGet(() -> without(moved, what)),
        with(unfinished, what, move));
  }

  private static Map<String, Move> with(Map<String, Move> moves, String what, Move move) {
    Map<String, Move> all = new TreeMap<>(moves);
    all.put(what, move);
    return all;
  }

  private static Map<String, Move> without(Map<String, Move> moves, String what) {
    Map<String, Move> all = new TreeMap<>(moves);
    all.remove(what);
    return all;
  }

  private void write(Map<String, Move> nowMoved, Map<String, Move> nowUnfinished)
      throws IOException {
    JsonObject json =
        new JsonObject().put(MOVED, json(nowMoved)).put(UNFINISHED, json(nowUnfinished));
    json.put(CHECKSUM, checksum(json));
    files.writeForGood(FILE, json.encodePrettily().getBytes(StandardCharsets.UTF_8));
    moved = nowMoved;
    unfinished = nowUnfinished;
  }

  private static JsonObject json(Map<String, Move> moves) {
    JsonObject json = new JsonObject();
    moves.forEach((what, move) -> json.put(what, move.json()));
    return json;
  }
}
