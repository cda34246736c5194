package io.mestral.storage.embedded.readings;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.StreamName;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.readings.examination.Examination;
import io.mestral.storage.embedded.readings.examination.ReadingsCheck;
import io.mestral.storage.embedded.readings.files.FrozenReadings;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.BatchCodec;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.memory.Admission;
import io.mestral.storage.embedded.readings.memory.Layers;
import io.mestral.storage.embedded.readings.memory.Memory;
import io.mestral.storage.embedded.readings.memory.OpenTable;
import io.mestral.storage.embedded.readings.memory.ReadingMeters;
import io.mestral.storage.embedded.readings.months.BlockReader;
import io.mestral.storage.embedded.readings.months.DayReader;
import io.mestral.storage.embedded.readings.newest.LatestScan;
import io.mestral.storage.embedded.readings.newest.NewestReadings;
import io.mestral.storage.embedded.readings.queries.Buckets;
import io.mestral.storage.embedded.readings.queries.Readers;
import io.mestral.storage.embedded.readings.retention.Retirement;
import io.mestral.storage.embedded.readings.sealing.Pause;
import io.mestral.storage.embedded.readings.sealing.Sealer;
import io.mestral.storage.embedded.readings.series.Days;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings in the node itself: kept by the journal, answered from memory and from blocks in files
 * of a month each.
 */
public final class EmbeddedReadingStore implements MovableReadings {
  /** The journal's stream that holds the readings. */
  public static final StreamName STREAM = new StreamName("readings");

  /** All that it writes into the journal. */
  public static final List<StreamName> STREAMS = List.of(STREAM);

  private static final Logger log = LoggerFactory.getLogger(EmbeddedReadingStore.class);
  private static final int LONGEST_RECORD = 256 << 10;
  private static final String FOLDER = "readings";
  private static final Duration OLDEST_TABLE = Duration.ofHours(1);
  private static final Duration BETWEEN_RETIREMENTS = Duration.ofDays(1);

  /** Sealing so few at the end takes well below a second. */
  private static final int FEW = 50_000;

  private final Vertx vertx;
  private final EmbeddedJournal journal;
  private final Clock clock;
  private final Memory memory;
  private final ReadingMeters meters;
  private final NewestReadings newest = new NewestReadings();
  private final ReadingsFolder folder;
  private final Retention retention;
  private final Sealer sealer;
  private final Readers readers;
  private final Examination examination;
  private final Admission admission;
  private final AtomicReference<Future<Void>> closed = new AtomicReference<>();
  private final Pause pause;
  private final long timer;
  private volatile boolean sealing;
  private volatile long nextRetirement;

  private EmbeddedReadingStore(
      Vertx vertx,
      EmbeddedJournal journal,
      StorageOptions options,
      MeterRegistry registry,
      Clock clock)
      throws IOException {
    this.vertx = vertx;
    this.journal = journal;
    this.clock = clock;
    retention = options.retention();
    folder = new ReadingsFolder(options.dataDir().resolve(FOLDER));
    memory = new Memory(options.openReadings(), clock);
    pause = new Pause(options.dataDir());
    admission = new Admission(vertx, memory, pause::isNone);
    meters = new ReadingMeters(registry, memory, admission);
    sealer = new Sealer(folder, memory, newest, meters, this::trim);
    readers = new Readers(vertx, folder, sealer.damageListener(), sealer::suspectNewest);
    examination = new Examination(folder, sealer);
    sealer.start();
    journal.attach(STREAM, this::take);
    timer = vertx.setPeriodic(1000, tick -> lookAround());
  }

  /**
   * Opens the store in the folder {@code readings} of the data folder and takes back from the
   * journal what is not in blocks yet; blocks meanwhile.
   *
   * @param journal open, and closed by its owner after this store
   * @throws UncheckedIOException when the folder or the journal cannot be read
   */
  public static EmbeddedReadingStore open(
      Vertx vertx,
      EmbeddedJournal journal,
      StorageOptions options,
      MeterRegistry meters,
      Clock clock) {
    try {
      return new EmbeddedReadingStore(vertx, journal, options, meters, clock);
    } catch (IOException failure) {
      throw new UncheckedIOException("the readings cannot be opened", failure);
    }
  }

  /**
   * Has the next start collect the newest readings of each series from the blocks: whoever lets go
   * of the journal's records may let go of what is in blocks and not among the newest yet.
   *
   * @param dataDir where no store is open
   */
  public static void forgetNewest(Path dataDir) throws IOException {
    Path file = ReadingsFolder.newestFileIn(dataDir.resolve(FOLDER));
    Files.deleteIfExists(file);
    for (Path companion : Sqlite.companionsOf(file)) Files.deleteIfExists(companion);
  }

  @Override
  public Future<Void> append(List<Reading> readings) {
    if (readings.isEmpty()) return Future.succeededFuture();
    Optional<RefusedException> refusal = refusalOf(readings);
    if (refusal.isPresent()) {
      meters.refused(readings.size());
      return Future.failedFuture(refusal.get());
    }
    int count = readings.size();
    return admit(count, BatchCodec.encode(readings, longestRecord()))
        .onComplete(
            done -> {
              if (done.succeeded()) meters.appended(count);
              else meters.refused(count);
            });
  }

  private int longestRecord() {
    return Math.min(LONGEST_RECORD, journal.maxRecordBytes());
  }

  private Optional<RefusedException> refusalOf(List<Reading> readings) {
    if (closed.get() != null) return Optional.of(closed());
    for (Reading reading : readings)
      if (!Days.hasPlace(reading.epochSecond()))
        return Optional.of(
            new RefusedException(
                Refusal.PAYLOAD_INVALID, "no second of the years 0 to 9999: " + reading));
    return Optional.empty();
  }

  private static RefusedException closed() {
    return new RefusedException(Refusal.UNAVAILABLE, "the store is closed");
  }

  private Future<Void> admit(int readings, List<Buffer> bodies) {
    return admission
        .enter(readings)
        .compose(in -> write(bodies).onComplete(done -> admission.arrived(readings)));
  }

  private Future<Void> write(List<Buffer> bodies) {
    if (bodies.size() == 1) return journal.append(STREAM, bodies.get(0)).mapEmpty();
    List<Future<Long>> parts = new ArrayList<>();
    for (Buffer body : bodies) parts.add(journal.append(STREAM, body));
    return Future.all(parts).mapEmpty();
  }

  /**
   * On the journal's thread, for records found at start and new ones alike; the journal keeps apart
   * what is no batch of readings.
   */
  private void take(long sequence, Buffer body) {
    try {
      memory.take(sequence, body);
    } catch (Malformed damage) {
      meters.damaged();
      throw damage;
    } finally {
      if (memory.isTurnDue()) turn();
    }
  }

  private void trim(long upTo) {
    journal
        .trim(STREAM, upTo)
        .onFailure(failure -> log.warn("the journal is trimmed with the next blocks", failure));
  }

  private void turn() {
    if (!memory.turn()) return;
    sealWaiting();
    admission.lookAround();
  }

  private Future<Void> sealWaiting() {
    sealing = true;
    return sealer
        .sealWaiting()
        .onComplete(
            done -> {
              pause.after(done.succeeded());
              sealing = false;
              admission.lookAround();
              if (done.succeeded() && memory.isTurnDue()) journal.betweenRecords(this::turn);
            });
  }

  /** What is not in blocks yet; for tests. */
  Memory memory() {
    return memory;
  }

  /** Seals what is old or keeps the journal full, tries again what failed, lets go of the old. */
  void lookAround() {
    admission.lookAround();
    if (clock.millis() >= nextRetirement) {
      nextRetirement = clock.millis() + BETWEEN_RETIREMENTS.toMillis();
      sealer.retire(new Retirement(folder, retention, clock.millis() / 1000));
    }
    if (sealing || !pause.isOver()) return;
    Memory.Tables tables = memory.tables();
    if (!tables.sealing().isEmpty()) sealWaiting();
    else if (isOld(tables.open()) || isFilling(tables.open())) journal.betweenRecords(this::turn);
  }

  private boolean isOld(OpenTable open) {
    return !open.isEmpty() && clock.millis() - open.openedAt() > OLDEST_TABLE.toMillis();
  }

  /** Whether the journal is half full and sealing would help. */
  private boolean isFilling(OpenTable open) {
    return journal.size() > journal.maxSize() / 2 && open.bytes() > journal.maxSize() / 16;
  }

  /** Seals all that is in memory now; for tests and the end. */
  Future<Void> seal() {
    return sealWaiting()
        .compose(earlier -> journal.betweenRecords(memory::turn))
        .compose(turned -> sealWaiting());
  }

  @Override
  public Future<Samples> read(Series series, TimeRange range, int limit) {
    if (limit < 1) return Future.failedFuture(new IllegalArgumentException("limit " + limit));
    long from = Math.max(range.from(), Days.FIRST_SECOND);
    long to = Math.min(range.to(), Days.LAST_SECOND);
    if (from > to) return Future.succeededFuture(Samples.EMPTY);
    // Memory first: what leaves it later is in blocks by then.
    Layers open = memory.tables().layers(series, from, to);
    return readers.read(
        reader ->
            reader
                .blocks()
                .read(new BlockReader.Question(series, from, to, limit, open.merged(limit))));
  }

  @Override
  public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    long from = Math.max(range.from(), Days.FIRST_SECOND);
    long to = Math.min(range.to(), Days.LAST_SECOND);
    if (from > to) return Future.succeededFuture(List.of());
    long firstDay = Days.of(from);
    long lastDay = Days.of(to);
    Layers open =
        memory.tables().layers(series, firstDay * Days.SECONDS, (lastDay + 1) * Days.SECONDS - 1);
    return readers.read(
        reader ->
            Buckets.of(
                reader
                    .days()
                    .hours(
                        new DayReader.Question(
                            series, firstDay, lastDay, open.merged(Integer.MAX_VALUE))),
                span,
                new TimeRange(from, to)));
  }

  @Override
  public Future<Void> delete(Series series, TimeRange range) {
    long from = Math.max(range.from(), Days.FIRST_SECOND);
    long to = Math.min(range.to(), Days.LAST_SECOND);
    if (from > to) return Future.succeededFuture();
    Optional<RefusedException> refusal = refusalOf(List.of());
    if (refusal.isPresent()) return Future.failedFuture(refusal.get());
    return admit(0, List.of(BatchCodec.encodeRemoval(series, new TimeRange(from, to))))
        .onSuccess(removed -> meters.removal());
  }

  @Override
  public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
    List<DeviceId> asked = List.copyOf(devices);
    return scan(
        latest -> {
          Map<DeviceId, Map<SensorId, Latest>> all = new HashMap<>();
          for (DeviceId device : asked) all.put(device, latest.of(device));
          return all;
        });
  }

  @Override
  public Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    return scan(latest -> latest.rows(devices, sensors));
  }

  private <T> Future<T> scan(Function<LatestScan, T> task) {
    Memory.Tables tables = memory.tables();
    return readers.read(
        reader -> task.apply(new LatestScan(newest, tables, reader::newestOf, reader.last())));
  }

  @Override
  public Future<List<DeviceId>> devices() {
    NavigableSet<Long> found = new ConcurrentSkipListSet<>();
    memory.tables().devices(found);
    return eachMonth((month, reader) -> reader.holdings().devicesIn(month, found))
        .map(done -> found.stream().map(DeviceId::new).toList());
  }

  @Override
  public Future<List<Long>> days(DeviceId device) {
    NavigableSet<Long> found = new ConcurrentSkipListSet<>();
    memory.tables().days(device, found);
    return eachMonth((month, reader) -> reader.holdings().daysIn(month, device, found))
        .map(done -> List.copyOf(found));
  }

  /** One file at a time, so that others are answered in between. */
  private Future<Void> eachMonth(BiConsumer<YearMonth, Readers.Reader> task) {
    Future<Void> all = Future.succeededFuture();
    for (YearMonth month : List.copyOf(folder.months()))
      all =
          all.compose(
              done ->
                  readers.read(
                      reader -> {
                        task.accept(month, reader);
                        return null;
                      }));
    return all;
  }

  @Override
  public Future<Optional<Map<SensorId, Samples>>> readings(
      DeviceId device, TimeRange range, int most) {
    Memory.Tables open = memory.tables();
    return readers.read(reader -> reader.holdings().readings(device, range, most, open));
  }

  @Override
  public Future<Void> load(List<Reading> readings) {
    return append(readings);
  }

  /** Straight into the files, so nothing older about the device may wait in memory. */
  @Override
  public Future<Void> loadHours(DeviceId device, Map<SensorId, List<Summary>> hours) {
    Optional<RefusedException> refusal = refusalOf(List.of());
    if (refusal.isPresent()) return Future.failedFuture(refusal.get());
    boolean waits = !memory.tables().sensors(device).isEmpty();
    return (waits ? seal() : Future.<Void>succeededFuture())
        .compose(done -> sealer.keep(DayRow.lasts(device, hours)))
        .recover(
            failure ->
                Future.failedFuture(
                    new RefusedException(
                        Refusal.UNAVAILABLE, "hours can't be written: " + failure.getMessage())));
  }

  /** What is acknowledged is carried out. */
  @Override
  public Future<Void> carried() {
    return Future.succeededFuture();
  }

  @Override
  public LongSupplier backlog() {
    return () -> 0;
  }

  /** The highest number of a device that has readings here; 0 when there are none. */
  public Future<Long> highestDevice() {
    long open =
        memory.tables().all().stream()
            .flatMap(table -> table.devices().stream())
            .mapToLong(OpenTable.OpenDevice::id)
            .max()
            .orElse(0);
    return readers.read(reader -> Math.max(open, reader.highestDevice()));
  }

  /**
   * Holds all that was acknowledged until now; to be closed by whoever asked.
   *
   * @param holder called on the store's thread
   */
  public Future<FrozenReadings> freeze(FrozenReadings.JournalHolder holder) {
    return sealer.freeze(holder);
  }

  /**
   * Looks through all files; blocks for as long as that takes. What SQLite itself stumbles over is
   * mended by the store's thread, as if a reader had found it.
   *
   * @param looked gets the number of bytes after each row, and may take its time
   * @return what each file holds, by name
   */
  public Map<String, ReadingsCheck.Result> examine(LongConsumer looked) {
    return examination.run(looked);
  }

  @Override
  public Future<Void> check() {
    if (closed.get() != null) return Future.failedFuture(closed());
    if (admission.isClosed())
      return Future.failedFuture(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "readings cannot be sealed"));
    return journal.check();
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closing = Promise.promise();
    if (closed.compareAndSet(null, closing.future())) {
      Context callers = vertx.getOrCreateContext();
      vertx.cancelTimer(timer);
      admission.close(closed());
      boolean cheap = memory.weight() <= FEW && pause.isNone() && !sealing;
      (cheap ? seal().otherwiseEmpty() : Future.<Void>succeededFuture())
          .compose(written -> sealer.close())
          .compose(ended -> readers.close())
          .onComplete(done -> callers.runOnContext(turn -> closing.handle(done)));
    }
    return closed.get();
  }
}
