package io.mestral.node.moving;

import io.mestral.model.reading.Digest;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.TableRow;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings all metadata to another engine while the node serves what is read, and refuses what would
 * change something. It is little beside the readings, and kits that are known need none of it; so
 * it goes over in one piece, and what broke off is begun anew. Runs on a thread of its own.
 */
public final class MetadataMove {
  /** None is longer than some 16 KiB but for those of a few tables. */
  private static final int ROWS = 500;

  /** A row of theirs may have 1 MiB. */
  private static final Set<String> LARGE = Set.of("held_messages", "profile_pictures", "entities");

  private static final int LARGE_ROWS = 8;
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(20);
  private static final Duration BEFORE_LOOKING_AGAIN = Duration.ofMillis(5);

  private final MetadataInUse inUse;
  private final MovableMetadata from;
  private final MovableMetadata to;
  private final ReadingsMove.Commit commit;
  private final MoveProgress progress;
  private final BooleanSupplier stopped;
  private final Patience patience;

  /**
   * A move out of the engine that is in use.
   *
   * @param to what is there is replaced
   * @param absence how long an engine may be away
   * @param stopped whether somebody wants it to end; asked again and again
   */
  public MetadataMove(
      MetadataInUse inUse,
      MovableMetadata to,
      Duration absence,
      MoveProgress progress,
      BooleanSupplier stopped,
      ReadingsMove.Commit commit) {
    this.inUse = inUse;
    this.from = inUse.engine();
    this.to = to;
    this.commit = commit;
    this.progress = progress;
    this.stopped = stopped;
    patience = new Patience(absence, progress, stopped);
  }

  /**
   * Returns when the other engine is used.
   *
   * @throws MoveBroken when it isn't; nothing has changed for the node then
   */
  public void run() {
    List<Table> tables = tables();
    progress.phase(MoveProgress.Phase.COPYING);
    from.hold("accounts and devices are being moved; try again in a moment");
    try {
      awaitQuiet();
      Map<String, Digest> brought = bring(tables);
      progress.phase(MoveProgress.Phase.CUTTING_OVER);
      for (Table table : tables) {
        Digest there = each(to, table, rows -> {});
        if (!there.equals(brought.get(table.name())))
          throw MoveBroken.because(
              "the table "
                  + table.name()
                  + " is not the same: "
                  + brought.get(table.name())
                  + " became "
                  + there);
        progress.tableDone(table.name(), there);
      }
      commit.run();
      inUse.use(to);
      progress.phase(MoveProgress.Phase.DONE);
    } catch (IOException failure) {
      throw MoveBroken.because("the move can't be written down: " + failure.getMessage());
    } finally {
      if (inUse.engine() == from) from.release(); // else a late change would be lost in it
    }
  }

  /** Whether what people or devices made is there; the catalogue is planted everywhere. */
  public static boolean isEmpty(MovableMetadata metadata) {
    return metadata
        .rows(new Table("users", List.of("id"), List.of("id")), Optional.empty(), 1)
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .isEmpty();
  }

  private List<Table> tables() {
    List<Table> tables = patience.get(from::tables);
    Map<String, Table> there = new HashMap<>();
    for (Table table : patience.get(to::tables)) there.put(table.name(), table);
    for (Table table : tables)
      if (!there.containsKey(table.name())
          || !new HashSet<>(there.get(table.name()).columns()).containsAll(table.columns()))
        throw MoveBroken.because("the new place has no such table " + table.name());
    return tables;
  }

  private void awaitQuiet() {
    long since = System.nanoTime();
    while (!from.isQuiet()) {
      if (stopped.getAsBoolean()) throw MoveBroken.asAsked();
      if (System.nanoTime() - since > LONGEST_CHANGE.toNanos())
        throw MoveBroken.because("a change of the metadata doesn't come to its end");
      LockSupport.parkNanos(BEFORE_LOOKING_AGAIN.toNanos());
    }
  }

  /** A piece that was brought in vain may be there in part: then everything is begun anew. */
  private Map<String, Digest> bring(List<Table> tables) {
    Map<String, Digest> digests = new HashMap<>();
    patience.once(to::clear); // one that was given up might come behind what is put
    for (Table table : tables)
      digests.put(
          table.name(),
          each(
              from,
              table,
              rows -> {
                patience.once(() -> to.put(table, rows));
                progress.copied(rows.size());
              }));
    Map<String, Long> numbers = patience.get(from::numbers);
    patience.once(() -> to.finish(numbers));
    return digests;
  }

  private Digest each(MovableMetadata metadata, Table table, Consumer<List<TableRow>> taker) {
    int most = LARGE.contains(table.name()) ? LARGE_ROWS : ROWS;
    Digest digest = Digest.NONE;
    Optional<List<Object>> after = Optional.empty();
    while (true) {
      Optional<List<Object>> behind = after;
      List<TableRow> rows = patience.get(() -> metadata.rows(table, behind, most));
      if (rows.isEmpty()) return digest;
      for (TableRow row : rows) digest = digest.and(row.digest());
      taker.accept(rows);
      after = Optional.of(table.keyOf(rows.get(rows.size() - 1)));
    }
  }
}
