package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.FrozenJournal;
import io.mestral.storage.embedded.journal.JournalReport;
import io.mestral.storage.embedded.journal.SegmentCheck;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.metadata.MetadataCopy;
import io.mestral.storage.embedded.metadata.MetadataReport;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Looks through all files of a node that runs, without keeping it from running: the journal's
 * records, every block of the readings, every page of the metadata.
 */
public final class Inspection {
  private static final int MOST_NAMES = 100;

  private final Sources sources;
  private final Progress progress;
  private final LongConsumer pace;
  private final List<String> problems = new ArrayList<>();
  private long readings;

  /** {@code pace} gets the number of bytes done, and may take its time. */
  public Inspection(Sources sources, Progress progress, LongConsumer pace) {
    this.sources = sources;
    this.progress = progress;
    this.pace = progress.counting(pace);
  }

  /**
   * What was found.
   *
   * @param readings in sealed blocks
   * @param problems damage, and what this start of the node could not read
   * @param setAside the files that recovery set aside, at this start or earlier
   */
  public record Result(long readings, List<String> problems, List<String> setAside) {}

  /** Does it; blocks meanwhile. */
  public Result run() throws IOException {
    inspect(sources.journal());
    sources.readings().ifPresent(this::inspect);
    if (sources.metadata().isPresent()) inspect(sources.metadata().get());
    return new Result(readings, List.copyOf(problems), setAside());
  }

  private void inspect(EmbeddedJournal journal) throws IOException {
    for (JournalReport.Damage damage : journal.report().damages())
      if (damage.cause() != JournalReport.Cause.TORN_TAIL)
        problems.add("found at the start: " + describe(damage));
    try (FrozenJournal frozen = journal.freeze()) {
      for (FrozenJournal.Piece piece : frozen.pieces()) {
        SegmentCheck.Result result = SegmentCheck.of(piece.file(), piece.number(), piece.length());
        problems.addAll(Contents.named(Contents.JOURNAL + piece.name(), result.problems()));
        pace.accept(piece.length());
        progress.fileDone();
      }
    }
  }

  private String describe(JournalReport.Damage damage) {
    return Contents.JOURNAL
        + damage.file().getFileName()
        + ": bytes "
        + damage.from()
        + " to "
        + damage.to()
        + ", "
        + damage.cause();
  }

  private void inspect(EmbeddedReadingStore store) {
    store
        .examine(pace)
        .forEach(
            (name, result) -> {
              problems.addAll(Contents.named(Contents.READINGS + name, result.problems()));
              readings += result.readings();
              progress.fileDone();
            });
  }

  private void inspect(EmbeddedMetadata metadata) throws IOException {
    metadata
        .report()
        .damage()
        .ifPresent(damage -> problems.add("found at the start: metadata.db: " + damage.what()));
    if (metadata.examine() instanceof MetadataReport.Integrity.Damaged damaged)
      problems.add(Contents.METADATA + ": " + damaged.what());
    progress.fileDone();
    for (Path snapshot : filesIn(sources.folder().resolve("snapshots"))) {
      if (!snapshot.toString().endsWith(".db")) continue;
      Optional<String> problem = MetadataCopy.problemOf(snapshot);
      if (problem.isPresent() && Files.exists(snapshot)) // else it was let go meanwhile
      problems.add("snapshots/" + snapshot.getFileName() + ": " + problem.get());
      pace.accept(snapshot.toFile().length());
      progress.fileDone();
    }
  }

  private List<String> setAside() throws IOException {
    List<String> names = new ArrayList<>();
    for (String place : List.of("", Contents.JOURNAL, Contents.READINGS))
      for (String file : filesBelow(sources.folder().resolve(place + "damaged")))
        names.add(place + "damaged/" + file);
    return names.size() > MOST_NAMES ? List.copyOf(names.subList(0, MOST_NAMES)) : names;
  }

  private static List<String> filesBelow(Path folder) throws IOException {
    return Files.isDirectory(folder) ? Disk.filesBelow(folder) : List.of();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
