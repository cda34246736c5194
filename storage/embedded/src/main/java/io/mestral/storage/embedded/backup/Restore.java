package io.mestral.storage.embedded.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Brings a backup back, or only looks whether it could be. */
public final class Restore {
  private final Path backup;
  private final Manifest manifest;
  private final LongConsumer pace;

  private Restore(Path backup, Manifest manifest, LongConsumer pace) {
    this.backup = backup;
    this.manifest = manifest;
    this.pace = pace;
  }

  /**
   * A backup that is to be brought back.
   *
   * @throws Unusable when the folder is none, or its manifest can't be read
   */
  public static Restore of(Path backup) throws IOException {
    return new Restore(backup, Manifest.of(backup), done -> {});
  }

  /** What it says it holds. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * What is wrong with it, and was not when it was made: files that are missing, changed or too
   * many, and damage inside of them. Empty when all is well.
   */
  public List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Manifest.Entry entry : manifest.files()) {
      if (!known.add(entry.name())) problems.add(entry.name() + " stands there twice");
      problems.addAll(problemsOf(entry));
    }
    for (String name : Disk.filesBelow(backup))
      if (!known.contains(name) && !name.equals(Manifest.NAME))
        problems.add(name + " does not belong to the backup");
    return problems;
  }

  private List<String> problemsOf(Manifest.Entry entry) throws IOException {
    Path file = backup.resolve(entry.name());
    if (!Files.isRegularFile(file)) return List.of(entry.name() + " is missing");
    if (Files.size(file) != entry.bytes())
      return List.of(
          entry.name() + " has " + Files.size(file) + " bytes instead of " + entry.bytes());
    if (!Disk.sum(file, pace).equals(entry.sha256()))
      return List.of(entry.name() + " has another checksum than when it was made");
    List<String> inside = new ArrayList<>(Contents.of(backup, entry.name(), pace).problems());
    inside.removeAll(manifest.problems());
    return inside;
  }

  /** Something to be done to the files that were brought. */
  @FunctionalInterface
  public interface Step {
    /** Does it; when it fails nothing is brought back. */
    void run() throws IOException;
  }

  /**
   * Copies everything into a new data folder and reads it again. What was made is taken away when
   * that fails; after a kill it is no node's folder, nor an empty one, unless it is whole.
   *
   * @param folder not there, or empty
   * @param last the file without which nobody takes the folder for a node's
   * @param before what is to be done before that one is brought
   */
  public void into(Path folder, String last, Step before) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    boolean stays = Files.exists(target);
    if (stays && !Files.isDirectory(target)) throw new Unusable(target + " is no folder");
    if (stays && !Disk.isEmpty(target)) throw new Unusable(target + " is not empty");
    try {
      Disk.makeFolder(target);
      for (Manifest.Entry entry : inOrder()) if (!entry.name().equals(last)) bring(entry, target);
      before.run();
      for (Manifest.Entry entry : manifest.files())
        if (entry.name().equals(last)) bring(entry, target);
      Disk.sync(target);
      Disk.sync(target.getParent());
    } catch (IOException | RuntimeException failure) {
      Disk.clear(target, stays);
      throw failure;
    }
  }

  /** The journal and the readings first: a folder with a key alone may be a new node's. */
  private List<Manifest.Entry> inOrder() {
    return manifest.files().stream()
        .sorted(Comparator.comparing(entry -> !entry.name().contains("/")))
        .toList();
  }

  private void bring(Manifest.Entry entry, Path target) throws IOException {
    Path copy = target.resolve(entry.name());
    Disk.makeFolder(copy.getParent());
    Disk.copy(backup.resolve(entry.name()), copy, pace);
    Disk.sync(copy.getParent());
    if (!Disk.sum(copy, pace).equals(entry.sha256()))
      throw new IOException(entry.name() + " did not arrive as it was in the backup");
  }
}
