package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DeviceTopic;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.routing.Subscriber;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.ingestion.DeviceMessage.Parsed;
import io.mestral.verticles.ingestion.DeviceMessage.Posted;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Ingestion as the others see it: a subscriber for the router, and a place to post to. Every
 * message of a device goes to the same ingestion verticle.
 */
public final class IngestClient implements Subscriber, ReadingIngest, DeviceChanges {
  private final LocalBus bus;
  private final DeviceTopics topics;
  private final int shards;

  /**
   * @param shards how many ingestion verticles there are
   */
  public IngestClient(Vertx vertx, DeviceTopics topics, int shards) {
    this.bus = LocalBus.of(vertx);
    this.topics = topics;
    this.shards = shards;
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<DeviceTopic> topic = topics.parse(publish.topic().value());
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    int owner = topic.get().token().hashCode();
    return bus.ask(address(owner), new Published(topic.get(), publish.payload()), Delivery.class);
  }

  @Override
  public Future<IngestReport> ingest(DeviceId device, Buffer json) {
    return bus.ask(address(device.hashCode()), new Posted(device, json), IngestReport.class);
  }

  @Override
  public Future<IngestReport> ingest(DeviceId device, Batch batch, Buffer text) {
    Parsed message = new Parsed(device, batch, text);
    return bus.ask(address(device.hashCode()), message, IngestReport.class);
  }

  @Override
  public void changed(Device device) {
    bus.tell(Addresses.DEVICE_CHANGED, device);
  }

  @Override
  public void tokenLost(Device device) {
    changed(device); // first: what is looked at again is not to be answered from memory
    bus.tell(Addresses.TOKEN_LOST, device);
  }

  private String address(int owner) {
    return Addresses.ingest(Math.floorMod(owner, shards));
  }
}
