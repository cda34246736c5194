package io.mestral.verticles.http.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Samples;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Home;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeansTest {
  private static final int MANY = 100_000;
  private static final SensorId NOISE = new SensorId(53);

  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() throws Exception {
    stores.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aHundredThousandDevicesHaveTheirMeans() throws Exception {
    Means means = new Means(store(), new Home(context), Mean.HOUR);
    List<DeviceId> devices = LongStream.rangeClosed(1, MANY).mapToObj(DeviceId::new).toList();
    LatestRows rows = new LatestRows(MANY);
    for (int row = 0; row < MANY; row++) rows.offer(row, NOISE, 1_770_000_000, 50);
    Promise<double[]> all = Promise.promise();
    context.runOnContext(turn -> means.of(devices, rows, measure()).onComplete(all));
    assertThat(all.future().await(20, TimeUnit.SECONDS)).hasSize(MANY).containsOnly(40);
  }

  private static Measure measure() {
    Sensor noise =
        new Sensor(
            NOISE,
            UUID.randomUUID(),
            OptionalInt.empty(),
            "Noise",
            "How loud it is",
            "noise_dba",
            Optional.empty(),
            OptionalInt.empty(),
            Calibration.IDENTITY,
            Calibration.IDENTITY,
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH,
            Instant.EPOCH);
    return new Measure("noise_dba", List.of(noise));
  }

  /** Whose answers are there at once. */
  private ReadingStore store() {
    Samples two = new Samples(new long[] {1, 2}, new double[] {30, 50}, 2);
    Detours detours = new Detours();
    detours.always(ReadingStore.class, "read", asked -> Future.succeededFuture(two));
    return detours.to(ReadingStore.class, stores.readings());
  }
}
