import io.mestral.config.PostgresOptions;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Metadata;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Fills the data folder of a stopped node, and the PostgreSQL it uses, with devices all over the
 * world: java MapFill.java DATA DEVICES MINUTES EACH [POSTGRESQL_URL]. EACH of them belong to one
 * person and have their sensors; with 0 all are the administrator's.
 */
final class MapFill {
  private static final int PM25 = 87;
  private static final int[] OTHERS = {10, 14, 53, 55, 56, 58, 88, 89, 112};
  private static final int AT_ONCE = 1_000;

  public static void main(String[] args) throws Exception {
    StorageOptions options = StorageOptions.in(Path.of(args[0]));
    int devices = Integer.parseInt(args[1]);
    int minutes = Integer.parseInt(args[2]);
    int each = Integer.parseInt(args[3]);
    Clock clock = Clock.systemUTC();
    Vertx vertx = Vertx.vertx();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Metadata metadata =
        args.length > 4
            ? PostgresMetadata.open(vertx, PostgresOptions.of(args[4]))
            : EmbeddedMetadata.open(vertx, options.dataDir(), clock);
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx, options.dataDir().resolve("journal"), JournalOptions.from(options), meters);
    EmbeddedReadingStore store = EmbeddedReadingStore.open(vertx, journal, options, meters, clock);
    Random random = new Random(1);
    List<DeviceId> ids = new ArrayList<>();
    List<UserId> owners = new ArrayList<>(List.of(new UserId(1)));
    while (each > 0 && owners.size() * each < devices)
      owners.add(now(metadata.users().add(user(owners.size()), "none")).id());
    for (int from = 0; from < devices; from += AT_ONCE) {
      List<Future<Device>> some = new ArrayList<>();
      for (int i = from; i < Math.min(from + AT_ONCE, devices); i++)
        some.add(metadata.devices().add(device(i, owners.get(i % owners.size()), random)));
      for (Future<Device> made : some) ids.add(now(made).id());
      if (each > 0) addSensors(metadata, ids.subList(from, ids.size()));
    }
    long end = clock.instant().getEpochSecond() / 60 * 60;
    for (int minute = minutes - 1; minute >= 0; minute--) {
      for (int from = 0; from < devices; from += AT_ONCE) {
        List<Reading> batch = new ArrayList<>();
        for (DeviceId id : ids.subList(from, Math.min(from + AT_ONCE, devices))) {
          long second = end - 60L * minute + id.value() % 60;
          batch.add(new Reading(id, new SensorId(PM25), second, random.nextInt(1_000) / 10.0));
          if (minute == 0)
            for (int sensor : OTHERS)
              batch.add(
                  new Reading(id, new SensorId(sensor), second, random.nextInt(1_000) / 10.0));
        }
        keep(store, batch);
      }
    }
    now(store.close());
    now(journal.close());
    now(metadata.close());
    now(vertx.close());
  }

  private static void keep(EmbeddedReadingStore store, List<Reading> batch) throws Exception {
    boolean kept = false;
    while (!kept) {
      try {
        store.append(batch).toCompletionStage().toCompletableFuture().get();
        kept = true;
      } catch (ExecutionException failure) {
        if (Refusal.of(failure.getCause()) != Refusal.QUOTA_EXCEEDED) throw failure;
        Thread.sleep(100); // full: blocks are being written
      }
    }
  }

  /** As devices have them that published: a map does without, a list of devices doesn't. */
  private static void addSensors(Metadata metadata, List<DeviceId> devices) throws Exception {
    for (int sensor : IntStream.concat(IntStream.of(PM25), IntStream.of(OTHERS)).toArray()) {
      List<Future<?>> made = new ArrayList<>();
      for (DeviceId id : devices)
        made.add(
            metadata.devices().component(id, new SensorId(sensor), "key" + sensor, Instant.now()));
      for (Future<?> one : made) now(one);
    }
  }

  private static User user(int i) {
    Instant now = Instant.now();
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        "person" + i,
        "person" + i + "@example.org",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "0123456789abcdef0123456789abcdef01234567",
        now,
        now);
  }

  private static Device device(int i, UserId owner, Random random) {
    Instant now = Instant.now();
    double latitude = Math.round(random.nextDouble(-60, 70) * 1e5) / 1e5;
    double longitude = Math.round(random.nextDouble(-180, 180) * 1e5) / 1e5;
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        owner,
        "Kit of street " + i,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Location(
            OptionalDouble.of(latitude),
            OptionalDouble.of(longitude),
            OptionalInt.empty(),
            Optional.of("outdoor"),
            Optional.of("sp3e9bh31y")),
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        now,
        now);
  }

  private static <T> T now(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
