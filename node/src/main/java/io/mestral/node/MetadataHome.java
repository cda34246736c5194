package io.mestral.node;

import io.mestral.config.PostgresOptions;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.postgresql.DatabaseSeal;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which database has the metadata of a data folder. The folder keeps a note of it and the database
 * a seal made with the folder's {@code node.key}, so that neither is taken for another's: the
 * tokens there can only be read with the key, and numbers of devices mean the readings here.
 */
final class MetadataHome {
  /** The note's name. */
  static final String FILE = "metadata.home";

  private static final Logger log = LoggerFactory.getLogger(MetadataHome.class);
  private static final String KEY = "storage.metadata";
  private static final Pattern NOTE = Pattern.compile("(\\S+) (\\S+) ([0-9a-f]+)\n");

  private final Path folder;
  private final PrivateFiles files;
  private final Optional<Note> noted;
  private final boolean movedAway;

  /**
   * @param id of the database
   * @param address where it was found last, for messages
   */
  private record Note(String id, String address) {
    String text() {
      return id + " " + address + " " + checksum() + "\n";
    }

    String checksum() {
      CRC32C crc = new CRC32C();
      crc.update((id + " " + address).getBytes(StandardCharsets.UTF_8));
      return Long.toHexString(crc.getValue());
    }
  }

  private MetadataHome(
      Path folder, PrivateFiles files, Optional<Note> noted, Whereabouts whereabouts) {
    this.folder = folder;
    this.files = files;
    this.noted = noted;
    movedAway = whereabouts.isMovedAway("metadata");
  }

  /** What a folder says; a note that is damaged is set aside. */
  static MetadataHome of(Path folder) {
    PrivateFiles files = new PrivateFiles(folder);
    try {
      Whereabouts whereabouts = Whereabouts.in(folder);
      if (whereabouts.isMovedHere("metadata")) files.delete(FILE);
      Optional<byte[]> content = files.read(FILE);
      Optional<Note> note = content.flatMap(MetadataHome::read);
      if (content.isPresent() && note.isEmpty())
        log.error("{} was damaged and is set aside as {}", FILE, files.setAside(FILE));
      return new MetadataHome(folder, files, note, whereabouts);
    } catch (IOException failure) {
      throw StartFailure.dataFolder(FILE + " can't be read: " + failure.getMessage(), failure);
    }
  }

  private static Optional<Note> read(byte[] content) {
    Matcher matcher = NOTE.matcher(new String(content, StandardCharsets.UTF_8));
    if (!matcher.matches()) return Optional.empty();
    Note note = new Note(matcher.group(1), matcher.group(2));
    return note.checksum().equals(matcher.group(3)) ? Optional.of(note) : Optional.empty();
  }

  /** Forgets the database: the metadata were moved. */
  static void forget(Path folder) {
    try {
      new PrivateFiles(folder).delete(FILE);
    } catch (IOException failure) { // the next start does it
      log.warn("{} can't be deleted: {}", FILE, failure.toString());
    }
  }

  /**
   * Refuses to make metadata in the folder when they are in a database.
   *
   * @throws StartFailure naming it
   */
  void requireFolder() {
    if (noted.isPresent())
      throw StartFailure.configuration(
          KEY
              + " is embedded, but the metadata of the data folder "
              + folder
              + " (data.dir) are in "
              + noted.get().address
              + ": set it to that, or begin with an empty data.dir",
          null);
  }

  /**
   * Succeeds when the database and the folder belong together, and lets none of its new devices
   * have the number of one that has readings here.
   *
   * @param highestDevice of those that have readings here; 0 without any
   */
  Future<Void> require(
      PostgresMetadata metadata, PostgresOptions server, TokenVault vault, long highestDevice) {
    Candidate candidate = new Candidate(metadata.seal(), addressOf(server), vault, highestDevice);
    return candidate
        .check()
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof RefusedException away
                        ? StartFailure.cannotUse(KEY, away)
                        : failure));
  }

  private static String addressOf(PostgresOptions server) {
    return "postgresql://" + server.address() + "/" + server.database().replaceAll("\\s", "%20");
  }

  /** The database that the configuration names. */
  private final class Candidate {
    private final DatabaseSeal seal;
    private final String address;
    private final TokenVault vault;
    private final long highestDevice;

    Candidate(DatabaseSeal seal, String address, TokenVault vault, long highestDevice) {
      this.seal = seal;
      this.address = address;
      this.vault = vault;
      this.highestDevice = highestDevice;
    }

    Future<Void> check() {
      return seal.look()
          .compose(state -> state.seal().map(Future::succeededFuture).orElseGet(() -> take(state)))
          .map(this::idOf)
          .compose(this::settle);
    }

    /** Seals a database that no node has sealed: an empty one, or of a version that didn't. */
    private Future<SealedToken> take(DatabaseSeal.State state) {
      boolean readable = state.tokens().stream().anyMatch(this::isOurs);
      if (!state.tokens().isEmpty() && !readable) throw otherKey();
      if (noted.isPresent()) throw otherDatabase();
      if (!state.filled() && highestDevice > 0) throw emptyDatabase();
      return seal.keep(vault.seal(Secret.of(UUID.randomUUID().toString())));
    }

    private boolean isOurs(SealedToken token) {
      return vault.open(token).isPresent();
    }

    private String idOf(SealedToken sealed) {
      return vault.open(sealed).orElseThrow(this::otherKey).reveal();
    }

    private Future<Void> settle(String id) {
      if (noted.isPresent() && !noted.get().id.equals(id)) throw otherDatabase();
      if (noted.isEmpty() && highestDevice > 0 && hasOwnMetadata()) throw otherDatabase();
      note(new Note(id, address));
      if (highestDevice == 0) return Future.succeededFuture();
      return seal.skipNumbers(highestDevice)
          .map(
              skipped -> {
                if (skipped)
                  log.warn(
                      "{} is older than {}, which has readings of device {}: new devices and users"
                          + " get numbers far behind that",
                      address,
                      folder,
                      highestDevice);
                return null;
              });
    }

    private void note(Note note) {
      if (noted.equals(Optional.of(note))) return;
      try {
        files.write(FILE, note.text().getBytes(StandardCharsets.UTF_8));
      } catch (IOException full) { // what is there can be served; the next start tries again
        log.error("{} can't be written: {}", FILE, full.toString());
      }
    }

    /** What a move that isn't complete brought into the folder isn't its own. */
    private boolean hasOwnMetadata() {
      return !movedAway && folder.resolve("metadata.db").toFile().length() > 0;
    }

    private StartFailure otherKey() {
      return refused(
          "the tokens in "
              + address
              + " were sealed with another node.key than that of the data folder "
              + folder
              + " (data.dir): put node.key and node.key.copy of the nodes that use this database"
              + " there, or name another database");
    }

    private StartFailure otherDatabase() {
      return refused(
          address
              + " is another database than that of the data folder "
              + folder
              + " (data.dir), whose metadata are in "
              + noted.map(Note::address).orElse("its metadata.db")
              + ": name that one, or begin with an empty data.dir");
    }

    private StartFailure emptyDatabase() {
      return refused(
          address
              + " is empty, but the data folder "
              + folder
              + " (data.dir) holds readings of devices, whose numbers would be given out again:"
              + " name or restore the database that knows them, or begin with an empty data.dir");
    }

    private StartFailure refused(String why) {
      return StartFailure.cannotUse(KEY, why);
    }
  }
}
