package io.mestral.storage.embedded.readings.queries;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.months.BlockReader;
import io.mestral.storage.embedded.readings.months.DayReader;
import io.mestral.storage.embedded.readings.months.OpenMonths;
import io.mestral.storage.embedded.readings.newest.LastReadings;
import io.mestral.storage.embedded.readings.newest.NewestFile;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two threads that read files, each with connections of its own, and a bounded queue before. */
public final class Readers {
  private static final Logger log = LoggerFactory.getLogger(Readers.class);
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 10_000;

  private final WorkerExecutor threads;
  private final ArrayBlockingQueue<Reader> free = new ArrayBlockingQueue<>(THREADS);
  private final AtomicInteger waiting = new AtomicInteger();

  public Readers(
      Vertx vertx,
      ReadingsFolder folder,
      BlockReader.DamageListener damage,
      IntConsumer newestBroken) {
    threads = vertx.createSharedWorkerExecutor("mestral-reading-" + folder.hashCode(), THREADS);
    for (int i = 0; i < THREADS; i++) free.add(new Reader(folder, damage, newestBroken));
  }

  /** Reads on one of the threads; the answer comes on the caller's context. */
  public <T> Future<T> read(Function<Reader, T> task) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new RefusedException(Refusal.UNAVAILABLE, "too many questions wait for an answer"));
    }
    return threads
        .executeBlocking(() -> withReader(task), false)
        .onComplete(done -> waiting.decrementAndGet());
  }

  private <T> T withReader(Function<Reader, T> task) throws InterruptedException {
    Reader reader = free.take();
    try {
      return task.apply(reader);
    } finally {
      free.add(reader);
    }
  }

  /** Waits for what is being read, then closes the connections. */
  public Future<Void> close() {
    Future<Void> closed = Future.succeededFuture();
    for (int i = 0; i < THREADS; i++) closed = closed.compose(next -> closeOne());
    return closed.eventually(threads::close);
  }

  private Future<Void> closeOne() {
    return threads.executeBlocking(
        () -> {
          free.take().close();
          return null;
        },
        false);
  }

  /** What one thread has open. */
  public static final class Reader {
    private final ReadingsFolder folder;
    private final OpenMonths months;
    private final BlockReader blocks;
    private final DayReader days;
    private final IntConsumer newestBroken;
    private Optional<NewestFile> newest = Optional.empty();
    private int epoch;

    Reader(ReadingsFolder folder, BlockReader.DamageListener damage, IntConsumer newestBroken) {
      this.folder = folder;
      this.months = new OpenMonths(folder, damage);
      this.blocks = new BlockReader(folder, months, damage);
      this.days = new DayReader(folder, months, blocks, damage);
      this.newestBroken = newestBroken;
    }

    /** Finds the newest readings by looking for them. */
    public LastReadings last() {
      return new LastReadings(folder, blocks);
    }

    public BlockReader blocks() {
      return blocks;
    }

    public DayReader days() {
      return days;
    }

    /** Tells what there is. */
    public Holdings holdings() {
      return new Holdings(months, blocks);
    }

    /**
     * The newest sealed readings of a device; null when the file is broken.
     *
     * @throws RefusedException when it cannot be read
     */
    public Map<Integer, NewestTwo> newestOf(long device) {
      try {
        Optional<NewestFile> file = newestFile();
        return file.isPresent() ? file.get().of(device) : Map.of();
      } catch (SQLException failure) {
        log.error("{} cannot be read", folder.newestFile(), failure);
        closeNewest();
        if (!Sqlite.isUnusable(failure)) throw Sqlite.unavailable(folder.newestFile(), failure);
        if (Sqlite.isDamage(failure)) newestBroken.accept(epoch);
        return null; // not to be remembered
      }
    }

    /** The highest number of a device with sealed readings; 0 when there is none. */
    public long highestDevice() {
      try {
        Optional<NewestFile> file = newestFile();
        if (file.isPresent()) return file.get().highestDevice();
      } catch (SQLException failure) {
        log.error("{} cannot be read", folder.newestFile(), failure);
        closeNewest();
      }
      return months.highestDevice();
    }

    private Optional<NewestFile> newestFile() throws SQLException {
      if (epoch != folder.newestEpoch()) {
        epoch = folder.newestEpoch();
        closeNewest();
      }
      if (newest.isPresent()) return newest;
      folder.stillness().lock();
      try {
        newest = NewestFile.reader(folder.newestFile());
      } finally {
        folder.stillness().unlock();
      }
      return newest;
    }

    private void closeNewest() {
      try {
        if (newest.isPresent()) newest.get().close();
      } catch (SQLException failure) {
        log.warn("{} cannot be closed", folder.newestFile(), failure);
      }
      newest = Optional.empty();
    }

    public void close() {
      months.close();
      closeNewest();
    }
  }
}
