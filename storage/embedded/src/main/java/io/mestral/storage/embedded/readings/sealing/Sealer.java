package io.mestral.storage.embedded.readings.sealing;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.files.FrozenReadings;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.memory.Memory;
import io.mestral.storage.embedded.readings.memory.OpenTable;
import io.mestral.storage.embedded.readings.memory.ReadingMeters;
import io.mestral.storage.embedded.readings.months.BlockReader;
import io.mestral.storage.embedded.readings.months.MonthWriter;
import io.mestral.storage.embedded.readings.months.OpenMonths;
import io.mestral.storage.embedded.readings.newest.LastReadings;
import io.mestral.storage.embedded.readings.newest.NewestCollection;
import io.mestral.storage.embedded.readings.newest.NewestFile;
import io.mestral.storage.embedded.readings.newest.NewestReadings;
import io.mestral.storage.embedded.readings.retention.Retirement;
import io.mestral.storage.embedded.readings.salvage.Salvage;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Overlay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's thread, the only one that changes its files. A table is sealed in an order that may
 * break off anywhere: blocks, then the newest readings, then memory, at last the journal; whatever
 * was done comes again from the journal and changes nothing.
 */
public final class Sealer {
  private static final Logger log = LoggerFactory.getLogger(Sealer.class);

  private final ReadingsFolder folder;
  private final Memory memory;
  private final NewestReadings newest;
  private final ReadingMeters meters;
  private final LongConsumer sealedUpTo;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(task, "mestral-readings");
            worker.setDaemon(true);
            return worker;
          });
  private final Set<Block.Place> mending = ConcurrentHashMap.newKeySet();
  private final Set<YearMonth> suspects = ConcurrentHashMap.newKeySet();
  private volatile boolean newestSuspect;

  public Sealer(
      ReadingsFolder folder,
      Memory memory,
      NewestReadings newest,
      ReadingMeters meters,
      LongConsumer sealedUpTo) {
    this.folder = folder;
    this.memory = memory;
    this.newest = newest;
    this.meters = meters;
    this.sealedUpTo = sealedUpTo;
  }

  /**
   * Makes the file of the newest readings again when it is missing or lacks some, and gives files
   * of earlier versions what they lack.
   */
  public void start() {
    for (YearMonth month : folder.months()) submit(() -> upgrade(month));
    if (!NewestFile.isWhole(folder.newestFile())) submit(this::collectNewest);
  }

  private void upgrade(YearMonth month) throws SQLException, IOException {
    try {
      if (MonthWriter.isOld(folder.fileOf(month))) open(month).close();
    } catch (Sqlite.NewerVersion newer) {
      meters.damaged();
      log.error("{} was {} and is left alone", folder.fileOf(month), newer.getMessage());
    } catch (SQLException failure) {
      repair(month, failure);
    }
  }

  /** Opens a file to change it. Readers open it again when that gave it what it lacked. */
  private MonthWriter open(YearMonth month) throws SQLException {
    Path file = folder.fileOf(month);
    boolean old = MonthWriter.isOld(file);
    MonthWriter writer = MonthWriter.open(file);
    if (old) {
      folder.replaced(file);
      log.info("{} was upgraded", file);
    }
    return writer;
  }

  /** Seals what waits; fails when a table had to stay in memory. */
  public Future<Void> sealWaiting() {
    return submit(
        () -> {
          for (OpenTable table : memory.tables().sealing()) {
            seal(table);
            memory.sealed(table);
            sealedUpTo.accept(table.lastSequence());
          }
        });
  }

  /** Writes what is left of days that have no blocks. */
  public Future<Void> keep(List<DayRow> lasts) {
    return submit(
        () -> {
          NavigableMap<YearMonth, List<DayRow>> months = new TreeMap<>();
          for (DayRow row : lasts)
            months
                .computeIfAbsent(
                    Days.monthOf(row.place().day() * Days.SECONDS), none -> new ArrayList<>())
                .add(row);
          for (Map.Entry<YearMonth, List<DayRow>> month : months.entrySet()) {
            try {
              keep(month.getKey(), month.getValue());
            } catch (SQLException failure) {
              repair(month.getKey(), failure);
              keep(month.getKey(), month.getValue());
            }
          }
        });
  }

  private void keep(YearMonth month, List<DayRow> lasts) throws SQLException {
    try (MonthWriter writer = open(month)) {
      folder.has(month);
      for (DayRow last : lasts) writer.restore(last);
      writer.commit();
    }
  }

  /** Lets go of what is too old, a step at a time. */
  public void retire(Retirement pass) {
    if (pass.month().isEmpty()) return;
    submit(() -> step(pass)).onSuccess(done -> retire(pass));
  }

  private void step(Retirement pass) throws SQLException, IOException {
    YearMonth month = pass.month().orElseThrow();
    try {
      pass.step();
    } catch (Sqlite.NewerVersion newer) {
      pass.skip(); // said at the start
    } catch (SQLException failure) {
      repair(month, failure);
      pass.skip();
    }
  }

  /**
   * Has what readers find broken repaired. Whoever finds it again after a repair that failed calls
   * for the next one; whoever read the file that was replaced meanwhile does not.
   */
  public BlockReader.DamageListener damageListener() {
    return new BlockReader.DamageListener() {
      @Override
      public void blockDamaged(YearMonth month) {
        meters.damaged();
      }

      @Override
      public void dayDamaged(YearMonth month, Block.Place place) {
        if (!mending.add(place)) return;
        meters.damaged();
        submit(() -> summarise(month, place)).onComplete(done -> mending.remove(place));
      }

      @Override
      public void fileDamaged(YearMonth month, int epoch) {
        if (suspects.add(month)) submit(() -> repair(month, epoch));
      }
    };
  }

  private void repair(YearMonth month, int epoch) throws SQLException, IOException {
    try {
      if (epoch == folder.epoch()) salvage(month);
    } finally {
      suspects.remove(month);
    }
    if (!NewestFile.isWhole(folder.newestFile())) collectNewest(); // with what was saved
  }

  private void summarise(YearMonth month, Block.Place place) throws SQLException {
    try (MonthWriter writer = open(month)) {
      writer.summarise(place);
      writer.commit();
    }
  }

  private void salvage(YearMonth month) throws SQLException, IOException {
    meters.damaged();
    Salvage.of(folder, folder.fileOf(month));
  }

  /** The file of the newest readings seemed to be broken when it was opened in that epoch. */
  public void suspectNewest(int epoch) {
    if (newestSuspect) return;
    newestSuspect = true;
    submit(() -> repairNewest(epoch));
  }

  private void repairNewest(int epoch) throws SQLException, IOException {
    try {
      if (epoch == folder.newestEpoch()) replaceNewest();
    } finally {
      newestSuspect = false;
    }
  }

  /**
   * Holds the journal and the files as they are between two sealings. What is in the journal's copy
   * is not trimmed by a sealing that the files' copies don't have, and the other way round.
   */
  public Future<FrozenReadings> freeze(FrozenReadings.JournalHolder journal) {
    Promise<FrozenReadings> frozen = Promise.promise();
    try {
      thread.execute(
          () -> {
            try {
              frozen.complete(frozen(journal));
            } catch (SQLException | IOException | RuntimeException failure) {
              frozen.fail(failure);
            }
          });
    } catch (RejectedExecutionException closed) {
      frozen.fail(closed);
    }
    return frozen.future();
  }

  private FrozenReadings frozen(FrozenReadings.JournalHolder journal)
      throws SQLException, IOException {
    FrozenReadings frozen = new FrozenReadings(journal.hold(), memory.readings());
    try {
      for (YearMonth month : folder.months()) hold(month, frozen);
      if (Files.exists(folder.newestFile())) holdNewest(frozen);
      return frozen;
    } catch (SQLException | IOException | RuntimeException failure) {
      frozen.close();
      throw failure;
    }
  }

  private void hold(YearMonth month, FrozenReadings frozen) throws SQLException, IOException {
    Path file = folder.fileOf(month);
    if (!Files.exists(file)) return;
    try {
      frozen.hold(file);
    } catch (SQLException failure) {
      repair(month, failure);
      frozen.hold(file);
    }
  }

  private void holdNewest(FrozenReadings frozen) throws SQLException, IOException {
    try {
      frozen.hold(folder.newestFile());
    } catch (SQLException failure) {
      if (!Sqlite.isUnusable(failure)) throw failure;
      replaceNewest();
      frozen.hold(folder.newestFile());
    }
  }

  /** Finishes what was begun. */
  public Future<Void> close() {
    Future<Void> last = submit(() -> log.debug("the last blocks are written"));
    thread.shutdown();
    return last;
  }

  /** Work that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException, IOException;
  }

  private Future<Void> submit(Work work) {
    Promise<Void> done = Promise.promise();
    try {
      thread.execute(
          () -> {
            try {
              work.run();
              done.complete();
            } catch (SQLException | IOException | RuntimeException failure) {
              meters.sealingFailed();
              log.error("the readings' files cannot be written", failure);
              done.fail(failure);
            }
          });
    } catch (RejectedExecutionException closed) {
      done.fail(closed);
    }
    return done.future();
  }

  private void seal(OpenTable table) throws SQLException, IOException {
    TableSealing sealing = new TableSealing(table, folder.months());
    for (YearMonth month : sealing.months()) {
      try {
        write(sealing, month);
      } catch (SQLException failure) {
        repair(month, failure);
        write(sealing, month);
      }
    }
    try {
      writeNewest(table);
    } catch (SQLException failure) {
      if (!Sqlite.isUnusable(failure)) throw failure;
      replaceNewest();
      writeNewest(table);
    }
    meters.sealed(table.readings());
  }

  private void write(TableSealing sealing, YearMonth month) throws SQLException {
    try (MonthWriter writer = open(month)) {
      folder.has(month);
      meters.tooLate(sealing.write(month, writer));
    }
  }

  private void repair(YearMonth month, SQLException failure) throws SQLException, IOException {
    if (failure instanceof Sqlite.NewerVersion) {
      meters.damaged();
      Path aside = folder.moveAside(folder.fileOf(month));
      log.error("a file {} lies in {} now", failure.getMessage(), aside);
    } else if (Sqlite.isDamage(failure)) {
      salvage(month);
    } else {
      throw failure;
    }
  }

  private void writeNewest(OpenTable table) throws SQLException {
    if (!NewestFile.isCurrent(folder.newestFile())) collectNewest();
    OpenMonths files = new OpenMonths(folder, damageListener());
    BlockReader reader = new BlockReader(folder, files, damageListener());
    LastReadings last = new LastReadings(folder, reader);
    try (NewestFile file = NewestFile.writer(folder.newestFile())) {
      newest.seal(
          table,
          file,
          (device, sensor) ->
              last.of(new Series(new DeviceId(device), new SensorId(sensor)), Overlay.NOTHING));
    } finally {
      files.close();
    }
  }

  private void replaceNewest() throws SQLException, IOException {
    Path aside = folder.moveAside(folder.newestFile());
    log.error("{} was damaged and lies in {}", folder.newestFile(), aside);
    collectNewest();
  }

  private void collectNewest() throws SQLException {
    new NewestCollection(folder, damageListener()).run();
    newest.forget();
  }
}
