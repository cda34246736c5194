import io.mestral.config.PostgresOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Metadata;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/**
 * How long it takes to find a device by its token in a PostgreSQL that a stopped node has used:
 * java TokenLookUps.java URL DEVICES LOOKUPS.
 */
final class TokenLookUps {
  private static final int AT_ONCE = 16;

  public static void main(String[] args) throws Exception {
    int devices = Integer.parseInt(args[1]);
    int lookUps = Integer.parseInt(args[2]);
    Vertx vertx = Vertx.vertx();
    Metadata metadata = PostgresMetadata.open(vertx, PostgresOptions.of(args[0]));
    fill(metadata.devices(), devices);
    Random random = new Random(1);
    lookUp(metadata.devices(), random, devices, lookUps, 1); // code that isn't compiled yet
    for (int atOnce : new int[] {1, AT_ONCE}) {
      long begun = System.nanoTime();
      double[] millis = lookUp(metadata.devices(), random, devices, lookUps, atOnce);
      double seconds = (System.nanoTime() - begun) / 1e9;
      Arrays.sort(millis);
      System.out.printf(
          "%,d devices, %2d look-ups at a time: median %.3f ms, p99 %.3f ms, %,.0f/s%n",
          devices, atOnce, millis[lookUps / 2], millis[lookUps * 99 / 100], lookUps / seconds);
    }
    now(metadata.close());
    now(vertx.close());
  }

  private static void fill(DeviceRegistry registry, int devices) throws Exception {
    for (int from = 0; from < devices; from += 1_000) {
      List<Future<Device>> some = new ArrayList<>();
      for (int i = from; i < Math.min(from + 1_000, devices); i++)
        some.add(registry.add(device(i)));
      for (Future<Device> made : some) now(made);
    }
  }

  /** Each of another device than the one before, as a rule. */
  private static double[] lookUp(
      DeviceRegistry registry, Random random, int devices, int lookUps, int atOnce)
      throws Exception {
    double[] millis = new double[lookUps];
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < lookUps; i++) {
      int at = i;
      long begun = System.nanoTime();
      waiting.add(
          registry
              .findByToken(hash(random.nextInt(devices)))
              .onSuccess(
                  found -> {
                    found.orElseThrow();
                    millis[at] = (System.nanoTime() - begun) / 1e6;
                  }));
      if (waiting.size() < atOnce) continue;
      for (Future<?> each : waiting) now(each);
      waiting.clear();
    }
    for (Future<?> each : waiting) now(each);
    return millis;
  }

  private static Device device(int i) {
    Instant now = Instant.now();
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        new UserId(1),
        "Kit " + i,
        Optional.empty(),
        Optional.of(new SealedToken(hash(i), new byte[60])),
        Optional.empty(),
        new Location(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty()),
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        now,
        now);
  }

  private static String hash(int i) {
    return String.format("%064x", i * 0x9E3779B97F4A7C15L);
  }

  private static <T> T now(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
