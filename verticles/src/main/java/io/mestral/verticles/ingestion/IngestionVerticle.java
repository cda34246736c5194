package io.mestral.verticles.ingestion;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.ingestion.DeviceMessage.Parsed;
import io.mestral.verticles.ingestion.DeviceMessage.Posted;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Answers at one {@link Addresses#ingest} address: a share of the devices is its own. */
public final class IngestionVerticle extends VerticleBase {
  /** What every ingestion verticle of a node has in common. */
  public record Parts(
      Metadata metadata,
      ReadingStore readings,
      Function<Secret, String> tokenHash,
      MeterRegistry meters,
      Clock clock) {}

  private final int shard;
  private final Parts parts;

  /**
   * @param shard which share of the devices, from 0
   */
  public IngestionVerticle(int shard, Parts parts) {
    this.shard = shard;
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    return parts.metadata().catalogue().sensors().compose(this::open);
  }

  private Future<Void> open(List<Sensor> sensors) {
    Ingestor ingestor =
        new Ingestor(
            parts.metadata(),
            parts.readings(),
            new DeviceDirectory(parts.metadata().devices(), parts.tokenHash()),
            new SensorIndex(sensors),
            new IngestMetrics(parts.meters()),
            parts.clock());
    LocalBus bus = LocalBus.of(vertx);
    return bus.answer(Addresses.ingest(shard), message -> answer(ingestor, message))
        .compose(
            ready ->
                bus.listen(
                    Addresses.DEVICE_CHANGED, device -> ingestor.forget(((Device) device).id())));
  }

  private static Future<?> answer(Ingestor ingestor, Object message) {
    if (message instanceof Published published) return ingestor.deliver(published);
    if (message instanceof Parsed parsed) return ingestor.ingest(parsed);
    return ingestor.ingest((Posted) message);
  }
}
