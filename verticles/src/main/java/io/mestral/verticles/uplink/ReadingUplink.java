package io.mestral.verticles.uplink;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.storage.Journal;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.uplink.UnsentHours.Hour;
import io.mestral.verticles.uplink.UplinkConnection.Waiting;
import io.mestral.verticles.uplink.batch.BatchFormat;
import io.mestral.verticles.uplink.batch.DeviceNote;
import io.mestral.verticles.uplink.batch.ReadingBatch;
import io.mestral.verticles.uplink.proof.HourReader;
import io.mestral.verticles.uplink.proof.Question.Outcome;
import io.mestral.verticles.uplink.state.EdgeProgress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the readings of an edge to the node above. What comes in while there is a link goes up as
 * it comes. All else, as after a time without link or a kill, is read from the store again, hour by
 * hour and device by device, oldest first, and behind what comes in; an hour into which readings
 * come meanwhile has its turn first. An hour is done when it was found to be the same at the node
 * above. Since a reading has its identity, bringing it twice changes nothing.
 *
 * <p>Belongs to one event loop, but for {@link #note} and {@link #kept}.
 */
public final class ReadingUplink {
  private static final Logger log = LoggerFactory.getLogger(ReadingUplink.class);
  private static final int MOST_LIVE = 2_000; // batches that are under way
  private static final int MOST_BACKLOG = 32;
  private static final int MOST_IN_BATCH = 10_000; // readings
  private static final int SECONDS_OF_HOUR = 3_600;
  private static final long TIDY_MILLIS = 5_000;
  private static final long AGAIN_MILLIS = 1_000;

  private final Ground ground;
  private final UnsentHours unsent;
  private final Map<Hour, Work> works = new HashMap<>();
  private final Set<Hour> backlog = new LinkedHashSet<>();
  private final Set<Hour> urgent = new LinkedHashSet<>();
  private final Counter live;
  private final Counter late;
  private final Counter repaired;
  private final Counter differing;
  private final Counter refused;
  private final HourReader reader;
  private final HourProofs proofs;
  private volatile Optional<EdgeLink> link = Optional.empty();
  private volatile Map<SensorId, UUID> sensors = Map.of();
  private long epoch;
  private long number;
  private boolean isPaused;
  private int liveUnderWay;
  private int backlogUnderWay;

  /** What it stands on. */
  public record Ground(
      Vertx vertx, Journal journal, ReadingStore readings, Metadata metadata, Clock clock) {}

  /** How far an hour is. */
  private static final class Work {
    private boolean isToBeRead; // it has readings that aren't under way
    private boolean isBeingRead;
    private int underWay; // batches
    private Future<Void> lastSent = Future.succeededFuture(); // not: acknowledged
    private Optional<Digest> digest = Optional.empty(); // of all of it, if it was read as a whole
    private boolean isCompared; // just now
    private int differences; // so often was it found to be another one above
  }

  /**
   * Sends nothing yet. Shows {@code mestral.uplink.hours.unsent} and counts {@code
   * mestral.uplink.sent.readings} by its {@code way}, live or backlog.
   */
  public ReadingUplink(Ground ground, MeterRegistry meters) {
    this.ground = ground;
    this.unsent = new UnsentHours(ground.journal());
    Gauge.builder("mestral.uplink.hours.unsent", unsent, UnsentHours::size).register(meters);
    this.live = meters.counter("mestral.uplink.sent.readings", "way", "live");
    this.late = meters.counter("mestral.uplink.sent.readings", "way", "backlog");
    this.repaired = meters.counter("mestral.uplink.repaired.hours");
    this.differing = meters.counter("mestral.uplink.differing.hours");
    this.refused = meters.counter("mestral.uplink.refused.hours");
    this.reader = new HourReader(ground.metadata(), ground.readings());
    this.proofs = new HourProofs(ground.vertx(), ground.metadata(), reader, this::found);
  }

  /** Succeeds when it is written down that the node above may lack these. */
  Future<Void> note(List<Reading> readings) {
    return unsent.note(readings);
  }

  /**
   * These were kept, or may have been; they go up.
   *
   * @param isSure whether they were
   */
  void kept(List<Reading> readings, boolean isSure) {
    link.ifPresentOrElse(
        one -> one.home().runOnContext(turn -> take(readings, isSure)),
        () -> unsent.settle(readings)); // all that is noted is looked at when it is opened
  }

  /** Succeeds when it knows what former runs left; called on the event loop that it belongs to. */
  Future<Void> open(EdgeLink to) {
    return at(to.home(), unsent.open())
        .onSuccess(
            run -> {
              epoch = run;
              link = Optional.of(to);
              proofs.open(to);
              unsent.all().stream()
                  .sorted((a, b) -> Long.compare(a.number(), b.number()))
                  .forEach(this::later);
              ground.vertx().setPeriodic(TIDY_MILLIS, timer -> tidy());
            })
        .mapEmpty();
  }

  /** Stores answer on threads of their own. */
  static <T> Future<T> at(Context home, Future<T> elsewhere) {
    Promise<T> here = Promise.promise();
    elsewhere.onComplete(done -> home.runOnContext(turn -> here.handle(done)));
    return here.future();
  }

  private Work work(Hour hour) {
    return works.computeIfAbsent(hour, fresh -> new Work());
  }

  private void later(Hour hour) {
    work(hour).isToBeRead = true;
    backlog.add(hour);
  }

  /** Brings nothing from now on, or everything again. */
  void pause(boolean wanted) {
    isPaused = wanted;
    pump();
  }

  /** How far it is. */
  EdgeProgress progress() {
    Instant now = ground.clock().instant();
    return new EdgeProgress(
        now,
        unsent.oldest().map(Hour::start).filter(now::isAfter).orElse(now),
        unsent.size(),
        Stream.concat(urgent.stream(), backlog.stream())
            .min(Comparator.comparingLong(Hour::number))
            .map(Hour::start),
        new EdgeProgress.Tally(
            (long) (live.count() + late.count()),
            (long) repaired.count(),
            (long) differing.count(),
            (long) refused.count()),
        isPaused);
  }

  /** There is a link again. */
  void connected() {
    proofs.connected();
    pump();
  }

  private void take(List<Reading> readings, boolean isSure) {
    Map<Hour, Map<SensorId, TreeMap<Long, Double>>> hours = new LinkedHashMap<>();
    for (Reading one : readings)
      hours
          .computeIfAbsent(Hour.of(one), hour -> new LinkedHashMap<>())
          .computeIfAbsent(one.sensor(), sensor -> new TreeMap<>())
          .put(one.epochSecond(), one.value());
    hours.forEach((hour, series) -> take(hour, series, isSure));
    unsent.settle(readings);
    pump();
  }

  private void take(Hour hour, Map<SensorId, TreeMap<Long, Double>> series, boolean isSure) {
    Work work = work(hour);
    work.digest = Optional.empty();
    work.differences = 0;
    boolean isConnected = link.orElseThrow().connection().isConnected();
    if (isSure && isConnected && !isPaused && isFree(work)) {
      Map<SensorId, Samples> samples = new LinkedHashMap<>();
      series.forEach((sensor, values) -> samples.put(sensor, samples(values)));
      liveUnderWay++;
      work.underWay++;
      send(hour, work, samples, live).onComplete(done -> arrived(hour, work, done.succeeded()));
      return;
    }
    work.isToBeRead = true;
    if (isConnected && !isPaused) {
      backlog.remove(hour);
      urgent.add(hour);
    } else backlog.add(hour);
  }

  /** What is to be read is newer than what was read, so nothing may overtake it. */
  private boolean isFree(Work work) {
    return !work.isToBeRead && !work.isBeingRead && liveUnderWay < MOST_LIVE;
  }

  private static Samples samples(TreeMap<Long, Double> values) {
    long[] times = values.keySet().stream().mapToLong(Long::longValue).toArray();
    double[] numbers = values.values().stream().mapToDouble(Double::doubleValue).toArray();
    return new Samples(times, numbers, times.length);
  }

  private void arrived(Hour hour, Work work, boolean isThere) {
    liveUnderWay--;
    work.underWay--;
    if (!isThere) later(hour);
    finish(hour, work);
    pump();
  }

  private void finish(Hour hour, Work work) {
    boolean isOver = hour.to() < ground.clock().instant().getEpochSecond();
    if (isBusy(work) || work.isCompared || !isOver) return;
    work.isCompared = true;
    proofs.prove(hour, work.digest);
  }

  private static boolean isBusy(Work work) {
    return work.isToBeRead || work.isBeingRead || work.underWay > 0;
  }

  /** An hour is done when the node above has the same; once more is brought what it hasn't. */
  private void found(Hour hour, Outcome outcome) {
    Work work = work(hour);
    work.isCompared = false;
    if (isBusy(work)) return; // it is compared again when that is done
    if (outcome == Outcome.DIFFERENT && work.differences++ == 0) {
      repaired.increment();
      later(hour);
      pump();
      return;
    }
    if (outcome == Outcome.DIFFERENT) {
      differing.increment();
      log.warn("device {} has another hour {} above than here", hour.device(), hour.start());
    }
    if (outcome == Outcome.REFUSED) {
      refused.increment();
      log.warn("hour {} of device {} isn't taken above", hour.start(), hour.device());
    }
    if (unsent.sent(hour)) works.remove(hour, work);
  }

  /** Takes what the node above found. */
  void proved(Buffer answer) {
    proofs.take(answer);
  }

  private void pump() {
    while (!isPaused
        && link.isPresent()
        && link.get().connection().isConnected()
        && backlogUnderWay < MOST_BACKLOG) {
      Optional<Hour> next = next(urgent).or(() -> next(backlog));
      if (next.isEmpty()) return;
      bring(next.get());
    }
  }

  private static Optional<Hour> next(Set<Hour> hours) {
    Optional<Hour> first = hours.stream().findFirst();
    first.ifPresent(hours::remove);
    return first;
  }

  /** Reads an hour and sends it; it counts as under way until the node above has it. */
  private void bring(Hour hour) {
    Work work = work(hour);
    if (work.isBeingRead) {
      work.isToBeRead = true; // its reading has it read once more
      return;
    }
    work.isToBeRead = false;
    work.isBeingRead = true;
    backlogUnderWay++;
    at(link.orElseThrow().home(), reader.read(hour.device(), hour.number()))
        .onComplete(
            read -> {
              work.isBeingRead = false;
              if (work.isToBeRead && read.succeeded()) urgent.add(hour);
            })
        .compose(series -> sendAll(hour, work, series).compose(sent -> digest(work, series)))
        .onComplete(
            sent -> {
              backlogUnderWay--;
              if (sent.failed()) again(hour, sent.cause());
              finish(hour, work);
              pump();
            });
  }

  /** As long as nothing else comes it needn't be read again to be compared. */
  private Future<Void> digest(Work work, Map<SensorId, Samples> series) {
    return at(link.orElseThrow().home(), reader.digest(series))
        .map(
            digest -> {
              if (!isBusy(work)) work.digest = Optional.of(digest);
              return null;
            });
  }

  private void again(Hour hour, Throwable cause) {
    log.warn("an hour of device {} can't go up now: {}", hour.device(), cause.toString());
    work(hour).isToBeRead = true;
    ground
        .vertx()
        .setTimer(
            AGAIN_MILLIS,
            timer -> {
              later(hour);
              pump();
            });
  }

  private Future<Void> sendAll(Hour hour, Work work, Map<SensorId, Samples> series) {
    work.underWay++;
    Future<Void> sent = Future.succeededFuture();
    Map<SensorId, Samples> part = new LinkedHashMap<>();
    int size = 0;
    for (Map.Entry<SensorId, Samples> one : series.entrySet()) {
      if (size > 0 && size + one.getValue().size() > MOST_IN_BATCH) {
        sent = Future.join(sent, send(hour, work, part, late)).mapEmpty();
        part = new LinkedHashMap<>();
        size = 0;
      }
      part.put(one.getKey(), one.getValue());
      size += one.getValue().size();
    }
    if (size > 0) sent = Future.join(sent, send(hour, work, part, late)).mapEmpty();
    return sent.onComplete(done -> work.underWay--);
  }

  /** After what was sent of that hour before; succeeds when the node above has them. */
  private Future<Void> send(Hour hour, Work work, Map<SensorId, Samples> series, Counter counter) {
    Future<Future<Void>> going =
        work.lastSent.transform(
            before ->
                at(link.orElseThrow().home(), known(hour, series.keySet()))
                    .map(
                        found -> {
                          return found.isEmpty()
                              ? Future.succeededFuture() // gone, and its readings with it
                              : send(batch(found.get(), series), counter);
                        }));
    work.lastSent = going.mapEmpty();
    return going.compose(sent -> sent);
  }

  private Future<Optional<Device>> known(Hour hour, Set<SensorId> needed) {
    return reader
        .named(needed)
        .compose(
            found -> {
              sensors = found;
              return ground.metadata().devices().find(hour.device());
            });
  }

  private ReadingBatch batch(Device device, Map<SensorId, Samples> series) {
    Map<UUID, Samples> named = new LinkedHashMap<>();
    series.forEach((sensor, samples) -> named.put(sensors.get(sensor), samples));
    return new ReadingBatch(epoch, ++number, DeviceNote.of(device), named);
  }

  private Future<Void> send(ReadingBatch batch, Counter counter) {
    EdgeLink to = link.orElseThrow();
    Buffer body = BatchFormat.write(batch);
    String topic = new EdgeTopic(to.edge(), Direction.UP, EdgeTopic.READINGS).text();
    return to.connection()
        .send(new Waiting(topic, body, false))
        .onSuccess(there -> counter.increment(batch.size()));
  }

  private void tidy() {
    List.copyOf(works.entrySet()).forEach(one -> finish(one.getKey(), one.getValue()));
    unsent.tidy().onFailure(cause -> log.warn("the uplink's stream can't be tidied", cause));
  }
}
