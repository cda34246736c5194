package io.mestral.verticles.uplink.receiving;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.reading.Reading;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.storage.SensorCatalogue;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.mestral.verticles.uplink.batch.BatchFormat;
import io.mestral.verticles.uplink.batch.ReadingBatch;
import io.mestral.verticles.uplink.state.DeviceNews;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the readings that edges bring, and what became of devices there. A batch is acknowledged
 * when it is kept; what can't be kept now is refused, so that the edge sends it again. What can
 * never be kept is acknowledged, counted and told in the log: the edge has it still.
 */
public final class UplinkReceiver implements Subscriber {
  private static final Logger log = LoggerFactory.getLogger(UplinkReceiver.class);

  private final EdgeDevices devices;
  private final SensorCatalogue catalogue;
  private final ReadingIngest ingest;
  private final Counter readings;
  private final Counter refused;
  private final EdgeViews views;
  private final Map<UUID, SensorId> sensors = new ConcurrentHashMap<>();

  /** Counts as {@code mestral.uplink.received.readings} and {@code …refused.batches}. */
  public UplinkReceiver(
      EdgeDevices devices,
      SensorCatalogue catalogue,
      ReadingIngest ingest,
      EdgeViews views,
      MeterRegistry meters) {
    this.devices = devices;
    this.catalogue = catalogue;
    this.ingest = ingest;
    this.views = views;
    this.readings = meters.counter("mestral.uplink.received.readings");
    this.refused = meters.counter("mestral.uplink.refused.batches");
  }

  /** Has what every edge brings come here. */
  public void subscribe(Router router) {
    for (String stream : List.of(EdgeTopic.READINGS, EdgeTopic.DEVICES))
      router.subscribe(
          this,
          new TopicFilter(EdgeTopic.all(Direction.UP, stream)),
          Subscription.at(QoS.EXACTLY_ONCE));
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<EdgeTopic> topic = EdgeTopic.parse(publish.topic().value());
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    String edge = topic.get().edge();
    try {
      return topic.get().stream().equals(EdgeTopic.DEVICES)
          ? take(edge, DeviceNews.read(publish.payload()))
          : take(edge, BatchFormat.read(publish.payload()), publish.payload());
    } catch (Unreadable broken) {
      return refuse(edge, broken.getMessage());
    }
  }

  private Future<Delivery> take(String edge, DeviceNews news) {
    return devices.take(edge, news).map(Delivery.DONE).recover(failure -> notNow(edge, failure));
  }

  private Future<Delivery> take(String edge, ReadingBatch batch, Buffer body) {
    Future<Optional<DeviceId>> known = devices.of(edge, batch.device());
    Future<Boolean> sensible = areKnown(batch);
    return Future.all(known, sensible)
        .compose(
            both -> {
              if (known.result().isEmpty())
                return refuse(
                    edge,
                    "device " + batch.device().uuid() + " is another owner's, or was removed");
              if (!sensible.result()) return refuse(edge, "a sensor that isn't in the catalogue");
              return ingest
                  .ingestStored(known.result().get(), readings(known.result().get(), batch), body)
                  .onSuccess(kept -> count(edge, batch, body))
                  .map(Delivery.DONE);
            })
        .recover(failure -> notNow(edge, failure));
  }

  /**
   * This ends the connection of an edge, which can't be told otherwise: it sends all of it again.
   */
  private static Future<Delivery> notNow(String edge, Throwable failure) {
    log.warn("a batch of edge {} can't be kept now: {}", edge, failure.toString());
    return Future.succeededFuture(
        new Delivery.Refused(Refusal.UNAVAILABLE, "the batch can't be kept now"));
  }

  /** The catalogue is read again when one isn't remembered. */
  private Future<Boolean> areKnown(ReadingBatch batch) {
    if (sensors.keySet().containsAll(batch.series().keySet())) return Future.succeededFuture(true);
    return catalogue
        .sensors()
        .map(
            all -> {
              all.forEach(one -> sensors.put(one.uuid(), one.id()));
              return sensors.keySet().containsAll(batch.series().keySet());
            });
  }

  private List<Reading> readings(DeviceId device, ReadingBatch batch) {
    List<Reading> all = new ArrayList<>(batch.size());
    batch
        .series()
        .forEach(
            (sensor, samples) -> {
              SensorId id = sensors.get(sensor);
              for (int i = 0; i < samples.size(); i++)
                all.add(new Reading(device, id, samples.time(i), samples.value(i)));
            });
    return all;
  }

  private void count(String edge, ReadingBatch batch, Buffer body) {
    readings.increment(batch.size());
    views.change(edge, view -> view.kept(batch.size(), body.length()));
  }

  private Future<Delivery> refuse(String edge, String why) {
    refused.increment();
    views.change(edge, EdgeViews.View::refused);
    log.warn("a batch of edge {} isn't taken: {}", edge, why);
    return Future.succeededFuture(Delivery.DONE);
  }
}
