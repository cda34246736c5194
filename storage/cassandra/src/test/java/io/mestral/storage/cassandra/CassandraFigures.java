package io.mestral.storage.cassandra;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How fast it is; {@code benchmarks/cassandra.sh} runs it, the tests don't. */
@EnabledIfSystemProperty(named = "figures", matches = "true")
class CassandraFigures {
  private static final Logger log = LoggerFactory.getLogger("io.mestral.figures");
  private static final long START = 1_735_689_600; // 2025-01-01
  private static final int YEAR = Integer.getInteger("days", 365) * 24 * 60;

  @RegisterExtension static final Keyspace keyspace = new Keyspace("figures");

  private final MemoryJournal journal = new MemoryJournal(2L << 30);

  @Test
  void messagesOfTenSensors() throws InterruptedException {
    CassandraReadingStore store = keyspace.open(journal);
    int devices = Integer.getInteger("devices", 5000);
    int rounds = 2 + Integer.getInteger("messages", 60_000) / devices;
    long began = 0;
    Semaphore window = new Semaphore(2000);
    for (int round = 0; round < rounds; round++) {
      if (round == 2) {
        patiently(store.carried());
        began = System.nanoTime();
      }
      for (int device = 0; device < devices; device++) {
        List<Reading> message = new ArrayList<>(10);
        for (int sensor = 0; sensor < 10; sensor++)
          message.add(reading(1000 + device, sensor, round, sensor + round / 7.0));
        window.acquire();
        store.append(message).onComplete(done -> window.release());
      }
    }
    patiently(store.carried());
    double seconds = (System.nanoTime() - began) / 1e9;
    int messages = (rounds - 2) * devices;
    log.info("messages of ten sensors: {} in {} s: {}/s", messages, seconds, messages / seconds);
    began = System.nanoTime();
    patiently(store.settled());
    log.info("hours of {} devices summed up in {} s", devices, (System.nanoTime() - began) / 1e9);

    List<DeviceId> all = new ArrayList<>();
    for (int device = 0; device < devices; device++) all.add(new DeviceId(1000 + device));
    median("latest of " + devices + " devices", () -> store.latest(all));
    List<SensorId> one = List.of(new SensorId(5));
    median("the same for a map", () -> store.latest(all, one));
    Settled.value(store.close());
    CassandraReadingStore again = keyspace.open(journal);
    began = System.nanoTime();
    Settled.value(again.latest(all));
    log.info("the same after a start: {} ms", (System.nanoTime() - began) / 1e6);
    Settled.value(again.close());
    CassandraReadingStore third = keyspace.open(journal);
    began = System.nanoTime();
    Settled.value(third.latest(all, one));
    log.info("for a map after a start: {} ms", (System.nanoTime() - began) / 1e6);
    Settled.value(third.close());
  }

  @Test
  void aYearOfMinutes() {
    CassandraReadingStore store = keyspace.open(journal);
    long began = System.nanoTime();
    int sensors = 12;
    for (int minute = 0; minute < YEAR; ) {
      List<Reading> batch = new ArrayList<>();
      for (int end = minute + 1000; minute < end && minute < YEAR; minute++)
        for (int sensor = 0; sensor < sensors; sensor++)
          batch.add(reading(7, sensor, minute, 20 + Math.sin(minute / 1440.0) + sensor));
      Settled.value(store.append(batch));
      if (minute % 50_000 == 0) patiently(store.carried());
    }
    patiently(store.carried());
    double seconds = (System.nanoTime() - began) / 1e9;
    log.info("a year of 12 sensors: {} s, {} readings/s", seconds, YEAR * sensors / seconds);
    began = System.nanoTime();
    patiently(store.settled());
    log.info("summed up in {} s", (System.nanoTime() - began) / 1e9);

    Series series = new Series(new DeviceId(7), new SensorId(3));
    TimeRange year = new TimeRange(START, START + YEAR * 60L - 1);
    median("a year by hour", () -> store.summaries(series, Span.HOUR, year));
    median("a year by day", () -> store.summaries(series, Span.DAY, year));
    TimeRange day = new TimeRange(START + 100 * 86_400L, START + 101 * 86_400L - 1);
    median("a day", () -> store.read(series, day, Integer.MAX_VALUE));
    began = System.nanoTime();
    Settled.value(store.read(series, year, Integer.MAX_VALUE));
    log.info("a year of readings: {} s", (System.nanoTime() - began) / 1e9);
    Settled.value(store.close());
  }

  private static Reading reading(long device, int sensor, int minute, double value) {
    return new Reading(new DeviceId(device), new SensorId(sensor + 1), START + minute * 60L, value);
  }

  private static <T> void median(String what, Supplier<Future<T>> question) {
    double[] times = new double[41];
    for (int i = 0; i < times.length; i++) {
      long began = System.nanoTime();
      Settled.value(question.get());
      times[i] = (System.nanoTime() - began) / 1e6;
    }
    double first = times[0];
    double[] warm = Arrays.copyOfRange(times, 20, times.length);
    Arrays.sort(warm);
    log.info("{}: {} ms, the first time {} ms", what, warm[warm.length / 2], first);
  }

  private static void patiently(Future<Void> future) {
    try {
      long patience = Duration.ofMinutes(20).toSeconds();
      future.toCompletionStage().toCompletableFuture().get(patience, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
