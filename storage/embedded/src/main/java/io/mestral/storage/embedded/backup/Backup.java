package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.journal.FrozenJournal;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.FrozenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Copies what a node keeps while the node goes on. Journal and readings are held as they are at one
 * moment, so that all that was acknowledged before is in the copy once; the metadata follows, so
 * that it knows every device they name. Then the copies are read again, and the manifest is
 * written.
 */
public final class Backup {
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
   * @param pace gets the number of bytes done, and may take its time
   * @param stopping says when it is to be given up
   */
  public Backup(Sources sources, Progress progress, LongConsumer pace, BooleanSupplier stopping) {
    this.sources = sources;
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
    try (Sources.Frozen frozen = sources.freeze()) {
      requireRoom(target, frozen);
      copyJournal(frozen.journal(), target);
      if (frozen.readings().isPresent()) copyReadings(frozen.readings().get(), target);
    }
    if (sources.metadata().isPresent()) copyMetadata(sources.metadata().get(), target);
    for (String name : sources.smallFiles()) {
      Path file = sources.folder().resolve(name);
      if (!Files.exists(file)) continue;
      String sum = Disk.copy(file, target.resolve(name), pace);
      note(target, name, sum, 1);
    }
  }

  /** A backup on the node's own disk must not take the room that readings need. */
  private void requireRoom(Path target, Sources.Frozen frozen) throws IOException, SQLException {
    long needed = sources.folder().resolve(Contents.METADATA).toFile().length();
    for (FrozenJournal.Piece piece : frozen.journal().pieces()) needed += piece.length();
    if (frozen.readings().isPresent())
      for (String name : frozen.readings().get().names())
        needed += frozen.readings().get().length(name);
    progress.total(2 * needed);
    long room = Files.getFileStore(target).getUsableSpace();
    if (room < needed)
      throw new IOException(
          "there is no room for it: " + needed + " bytes are needed, " + room + " are free");
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
    for (String file : frozen.names()) {
      String name = Contents.READINGS + file;
      frozen.copy(file, target.resolve(name), pace);
      note(target, name, Disk.sum(target.resolve(name), none -> {}), frozen.format(file));
    }
    readings += frozen.open();
  }

  private void copyMetadata(EmbeddedMetadata metadata, Path target)
      throws IOException, SQLException {
    Path copy = Disk.makeFile(target.resolve(Contents.METADATA));
    metadata.copyTo(copy);
    Disk.sync(copy);
    pace.accept(Files.size(copy));
    note(target, Contents.METADATA, Disk.sum(copy, none -> {}), EmbeddedMetadata.schema());
  }

  private void note(Path target, String name, String sum, int format) throws IOException {
    if (stopping.getAsBoolean()) throw new IOException("the node stops");
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
