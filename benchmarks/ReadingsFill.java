import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.reading.Reading;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/**
 * Fills the data folder of a stopped node and tells what that took:
 * java ReadingsFill.java DATA DEVICES SENSORS FROM STEP COUNT ordered|backwards|random OPEN
 */
final class ReadingsFill {
  private static final int[] SENSORS = {14, 53, 55, 56, 58, 87, 88, 89, 113, 128, 129, 130};
  private static final int MESSAGES_AT_ONCE = 50;
  private static final int BATCHES_AT_ONCE = 20;

  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    int devices = Integer.parseInt(args[1]);
    int sensors = Integer.parseInt(args[2]);
    long from = Long.parseLong(args[3]);
    long step = Long.parseLong(args[4]);
    int count = Integer.parseInt(args[5]);
    StorageOptions options =
        new StorageOptions(data, Optional.empty(), Integer.parseInt(args[7]), 2L << 30, Retention.FOREVER);
    Vertx vertx = Vertx.vertx();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    EmbeddedJournal journal = EmbeddedJournal.open(vertx, data.resolve("journal"), JournalOptions.from(options), meters);
    EmbeddedReadingStore store = EmbeddedReadingStore.open(vertx, journal, options, meters, Clock.systemUTC());
    double[][] values = values(devices * sensors, count);
    int[] order = order(devices * count, args[6]);
    long cpu = cpuNanos();
    long written = written();
    long begun = System.nanoTime();
    ArrayDeque<List<Reading>> batches = new ArrayDeque<>();
    ArrayDeque<Future<Void>> waiting = new ArrayDeque<>();
    for (int at = 0; at < order.length; at += MESSAGES_AT_ONCE) {
      List<Reading> batch = new ArrayList<>(MESSAGES_AT_ONCE * sensors);
      for (int i = at; i < Math.min(at + MESSAGES_AT_ONCE, order.length); i++) {
        int device = order[i] % devices;
        int time = order[i] / devices;
        for (int sensor = 0; sensor < sensors; sensor++)
          batch.add(
              new Reading(
                  new DeviceId(device + 1),
                  new SensorId(SENSORS[sensor]),
                  from + time * step,
                  values[device * sensors + sensor][time]));
      }
      batches.add(batch);
      waiting.add(store.append(batch));
      if (waiting.size() == BATCHES_AT_ONCE) settle(store, waiting.remove(), batches.remove());
    }
    while (!waiting.isEmpty()) settle(store, waiting.remove(), batches.remove());
    now(store.close());
    now(journal.close());
    sealTheRest(vertx, data);
    long readings = (long) order.length * sensors;
    System.out.printf(
        "%-10s%,12d readings %8.2f us CPU each %8.1f s %8.1f bytes written each %8.2f bytes on disk each%n",
        args[6],
        readings,
        (cpuNanos() - cpu) / 1e3 / readings,
        (System.nanoTime() - begun) / 1e9,
        (written() - written) / (double) readings,
        size(data.resolve("readings")) / (double) readings);
    now(vertx.close());
  }

  /** With less room in memory what the journal holds is sealed at once. */
  private static void sealTheRest(Vertx vertx, Path data) throws Exception {
    StorageOptions options = new StorageOptions(data, Optional.empty(), 1_000, 2L << 30, Retention.FOREVER);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    EmbeddedJournal journal = EmbeddedJournal.open(vertx, data.resolve("journal"), JournalOptions.from(options), meters);
    EmbeddedReadingStore store = EmbeddedReadingStore.open(vertx, journal, options, meters, Clock.systemUTC());
    while (meters.get("mestral.readings.open").gauge().value() > 1_000) Thread.sleep(10);
    now(store.close());
    now(journal.close());
  }

  /** Hundredths that wander. */
  private static double[][] values(int series, int count) {
    Random random = new Random(4);
    double[][] values = new double[series][count];
    for (double[] each : values) {
      double value = 20;
      for (int i = 0; i < count; i++) {
        value += random.nextGaussian() / 5;
        each[i] = Math.round(value * 100) / 100.0;
      }
    }
    return values;
  }

  private static int[] order(int count, String how) {
    List<Integer> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) order.add(i);
    switch (how) {
      case "backwards" -> Collections.reverse(order);
      case "random" -> Collections.shuffle(order, new Random(4));
      default -> {}
    }
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static void settle(EmbeddedReadingStore store, Future<Void> kept, List<Reading> batch) throws Exception {
    Future<Void> trying = kept;
    for (boolean done = false; !done; ) {
      try {
        now(trying);
        done = true;
      } catch (ExecutionException failure) {
        if (Refusal.of(failure.getCause()) != Refusal.QUOTA_EXCEEDED) throw failure;
        Thread.sleep(20); // full: blocks are being written
        trying = store.append(batch);
      }
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static long written() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("write_bytes"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return Arrays.stream(files.toArray(Path[]::new)).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static <T> T now(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
