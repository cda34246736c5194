package io.mestral.verticles.ingestion;

import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.ingestion.DeviceMessage.CatalogueChanged;
import io.mestral.verticles.ingestion.DeviceMessage.Parsed;
import io.mestral.verticles.ingestion.DeviceMessage.Posted;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.mestral.verticles.ingestion.DeviceMessage.Registered;
import io.mestral.verticles.ingestion.DeviceMessage.Stored;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers at one {@link Addresses#ingest} address: a share of the devices is its own. */
public final class IngestionVerticle extends VerticleBase {
  /**
   * What every ingestion verticle of a node has in common.
   *
   * @param forward where the readings of devices wait that are forwarded
   * @param news hears of what was kept
   */
  public record Parts(
      Metadata metadata,
      ReadingStore readings,
      ForwardQueue forward,
      TokenVault vault,
      IngestMetrics metrics,
      ReadingNews news,
      Clock clock) {}

  private static final Logger log = LoggerFactory.getLogger(IngestionVerticle.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final int shard;
  private final Parts parts;
  private long catalogueReads;

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

  private Future<?> open(List<Sensor> sensors) {
    LocalBus bus = LocalBus.of(vertx);
    IngestNotes notes =
        new IngestNotes(
            parts.metadata(), parts.metrics(), event -> bus.tell(Addresses.DEVICE_FINDING, event));
    Ingestor ingestor =
        new Ingestor(
            parts,
            new SensorIndex(sensors),
            notes,
            new Ingestor.News(
                device -> bus.tell(Addresses.INFO_KEPT, device),
                device -> bus.tell(Addresses.COMPONENT_MADE, device)));
    return Future.all(
        bus.answer(Addresses.ingest(shard), message -> answer(ingestor, message)),
        bus.listen(Addresses.DEVICE_CHANGED, device -> ingestor.forget(((Device) device).id())),
        bus.listen(Addresses.ORPHANS_CHANGED, news -> ingestor.forgetOrphans()),
        bus.listen(Addresses.USER_CHANGED, user -> ingestor.forgetOwnedBy((UserId) user)),
        bus.listen(Addresses.PARTNER_CHANGED, user -> ingestor.forgetOwnedBy((UserId) user)));
  }

  /**
   * Succeeds when messages go by the catalogue as it is now. What can't be read is asked for again:
   * the change is kept, and this is how it is heard of.
   */
  private Future<Void> readCatalogue(Ingestor ingestor) {
    long number = ++catalogueReads;
    Promise<Void> taken = Promise.promise();
    parts
        .metadata()
        .catalogue()
        .sensors()
        .map(SensorIndex::new)
        .onComplete(
            read ->
                context.runOnContext(
                    home -> {
                      if (number == catalogueReads) take(ingestor, read); // else a later one does
                      taken.handle(read.mapEmpty());
                    }));
    return taken.future();
  }

  private void take(Ingestor ingestor, AsyncResult<SensorIndex> read) {
    if (read.succeeded()) {
      ingestor.goBy(read.result());
      return;
    }
    long failed = catalogueReads;
    log.warn("the catalogue can't be read anew: {}", read.cause().toString());
    vertx.setTimer(
        AGAIN_MILLIS,
        again -> {
          if (failed == catalogueReads) readCatalogue(ingestor);
        });
  }

  private Future<?> answer(Ingestor ingestor, Object message) {
    if (message instanceof Published published) return ingestor.deliver(published);
    if (message instanceof Parsed parsed) return ingestor.ingest(parsed);
    if (message instanceof Stored stored) return ingestor.ingest(stored);
    if (message instanceof Registered registered) return ingestor.register(registered);
    if (message instanceof CatalogueChanged) return readCatalogue(ingestor);
    return ingestor.ingest((Posted) message);
  }
}
