package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.HeldDatabase;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.FrozenJournal;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.files.FrozenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Copies what a node keeps while the node goes on: all as it was at one moment, so that what was
 * acknowledged before is in the copy once. Then the copies are read again, and the manifest is
 * written.
 */
public final class Backup {
  private final Supplier<Sources> current;
  private final Sources sources;
  private final Progress progress;
  private final LongConsumer pace;
  private final BooleanSupplier stopping;
  private final List<Manifest.Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long readings;

  /**
   * One backup.
   *
   * @param current what there is whenever it is asked: a move changes it
   * @param pace gets the number of bytes done, and may take its time
   * @param stopping says when it is to be given up
   */
  public Backup(
      Supplier<Sources> current, Progress progress, LongConsumer pace, BooleanSupplier stopping) {
    this.current = current;
    sources = current.get();
    this.progress = progress;
    this.pace = progress.counting(pace);
    this.stopping = stopping;
  }

  /**
   * Takes it; blocks meanwhile. What was made is taken away again when it fails.
   *
   * @param folder not there, or empty
   * @throws Unusable when the folder can't be used; nothing was touched then
   */
  public Manifest take(Path folder, String version, Instant now) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    refuseOverlap(target);
    boolean stays = Files.exists(target);
    if (stays && !Files.isDirectory(target)) throw new Unusable(target + " is no folder");
    if (stays && !Disk.isEmpty(target)) throw new Unusable(target + " is not empty");
    try {
      Disk.makeFolder(target);
      copyAll(target);
      verifyAll(target);
      Manifest manifest =
          new Manifest(version, now, readings, sources.elsewhere(), problems, entries);
      syncFolders(target);
      manifest.write(target);
      return manifest;
    } catch (IOException | SQLException | RuntimeException failure) {
      Disk.clear(target, stays);
      if (failure instanceof IOException io) throw io;
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void refuseOverlap(Path target) throws IOException {
    Path data = sources.folder().toRealPath();
    Path real = realOf(target);
    if (real.startsWith(data)) throw new Unusable(target + " is inside the data folder");
    if (data.startsWith(real)) throw new Unusable("the data folder is inside " + target);
  }

  /** Where a path leads once symbolic links are followed, though its end may not be there yet. */
  private static Path realOf(Path path) throws IOException {
    if (Files.exists(path)) return path.toRealPath();
    Path parent = path.getParent();
    return parent == null ? path : realOf(parent).resolve(path.getFileName());
  }

  private void copyAll(Path target) throws IOException, SQLException {
    Map<String, String> before = sumsOfSmallFiles();
    try (Frozen frozen = Frozen.of(sources)) {
      long needed = frozen.length();
      progress.total(2 * needed);
      requireRoom(target, needed);
      if (frozen.metadata().isPresent()) copyMetadata(frozen.metadata().get(), target);
      copyJournal(frozen.journal(), target);
      if (frozen.readings().isPresent()) copyReadings(frozen.readings().get(), target);
    }
    Map<String, String> copied = new HashMap<>();
    for (String name : sources.smallFiles()) {
      Path file = sources.folder().resolve(name);
      if (!Files.exists(file)) continue;
      String sum = Disk.copy(file, target.resolve(name), pace);
      note(target, name, sum, 1);
      copied.put(name, sum);
    }
    requireSame(before, copied);
  }

  private Map<String, String> sumsOfSmallFiles() throws IOException {
    Map<String, String> sums = new HashMap<>();
    for (String name : sources.smallFiles()) {
      Path file = sources.folder().resolve(name);
      if (Files.exists(file)) sums.put(name, Disk.sum(file, none -> {}));
    }
    return sums;
  }

  /** What they say of the stores must be said of those that were copied. */
  private void requireSame(Map<String, String> before, Map<String, String> copied)
      throws IOException {
    for (String name : sources.smallFiles())
      if (!Objects.equals(before.get(name), copied.get(name)))
        throw new IOException(
            name
                + " changed while the backup was made, as it does when readings or metadata are"
                + " moved: make it again when the move is over");
    if (!current.get().equals(sources))
      throw new IOException(
          "readings or metadata were moved while the backup was made: make it again");
  }

  /** A backup on the node's own disk must leave the room that the journal may grow to. */
  private void requireRoom(Path target, long needed) throws IOException {
    EmbeddedJournal journal = sources.journal();
    long kept = Disk.isShared(target, sources.folder()) ? journal.maxSize() - journal.size() : 0;
    long room = Files.getFileStore(target).getUsableSpace();
    if (room < needed + kept)
      throw new IOException(
          "there is no room for it: "
              + needed
              + " bytes are needed and "
              + kept
              + " left to the journal, "
              + room
              + " are free");
  }

  private void copyJournal(FrozenJournal journal, Path target) throws IOException {
    Disk.makeFolder(target.resolve(Contents.JOURNAL));
    for (FrozenJournal.Piece piece : journal.pieces()) {
      String name = Contents.JOURNAL + piece.name();
      String sum = Disk.copy(piece.file(), piece.length(), target.resolve(name), pace);
      note(target, name, sum, FrozenJournal.FORMAT);
    }
  }

  private void copyReadings(FrozenReadings frozen, Path target) throws IOException, SQLException {
    Disk.makeFolder(target.resolve(Contents.READINGS));
    for (Map.Entry<String, HeldDatabase> file : frozen.files().entrySet()) {
      String name = Contents.READINGS + file.getKey();
      Path copy = Disk.makeFile(target.resolve(name));
      file.getValue().copy(copy, pace);
      note(target, name, Disk.sum(copy, none -> {}), file.getValue().version());
    }
    readings += frozen.open();
  }

  /** Comes first and is let go of: as long as it is held its write-ahead log can only grow. */
  private void copyMetadata(HeldDatabase metadata, Path target) throws IOException, SQLException {
    Path copy = Disk.makeFile(target.resolve(Contents.METADATA));
    metadata.copy(copy, pace);
    metadata.close();
    note(target, Contents.METADATA, Disk.sum(copy, none -> {}), EmbeddedMetadata.schema());
  }

  private void note(Path target, String name, String sum, int format) throws IOException {
    if (stopping.getAsBoolean()) throw new IOException("the node stops");
    requireRoom(target, 0); // as others write, too
    entries.add(new Manifest.Entry(name, Files.size(target.resolve(name)), sum, format));
    progress.fileDone();
  }

  /** Reads the copies again; what is wrong inside of them is wrong in the node's files, too. */
  private void verifyAll(Path target) throws IOException {
    for (Manifest.Entry entry : entries) {
      if (stopping.getAsBoolean()) throw new IOException("the node stops");
      if (!Disk.sum(target.resolve(entry.name()), none -> {}).equals(entry.sha256()))
        throw new IOException(entry.name() + " is not on the disk as it was written");
      Contents.Found found = Contents.of(target, entry.name(), pace);
      readings += found.readings();
      problems.addAll(found.problems());
    }
  }

  private static void syncFolders(Path target) throws IOException {
    for (String name : List.of(Contents.JOURNAL, Contents.READINGS))
      if (Files.exists(target.resolve(name))) Disk.sync(target.resolve(name));
    Disk.sync(target);
    Disk.sync(target.getParent());
  }
}
