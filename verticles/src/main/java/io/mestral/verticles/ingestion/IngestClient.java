package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DeviceTopic;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.reading.Reading;
import io.mestral.routing.Subscriber;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.ingestion.DeviceMessage.CatalogueChanged;
import io.mestral.verticles.ingestion.DeviceMessage.Parsed;
import io.mestral.verticles.ingestion.DeviceMessage.Posted;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.mestral.verticles.ingestion.DeviceMessage.Registered;
import io.mestral.verticles.ingestion.DeviceMessage.Stored;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ingestion as the others see it: a subscriber for the router, and a place to post to. Every
 * message of a device goes to the same ingestion verticle.
 */
public final class IngestClient
    implements Subscriber, ReadingIngest, DeviceChanges, OrphanChanges, CatalogueChanges {
  private final LocalBus bus;
  private final DeviceTopics topics;
  private final DeviceHomes homes;
  private final int shards;

  /**
   * @param shards how many ingestion verticles there are
   */
  public IngestClient(Vertx vertx, DeviceTopics topics, DeviceHomes homes, int shards) {
    this.bus = LocalBus.of(vertx);
    this.topics = topics;
    this.homes = homes;
    this.shards = shards;
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<DeviceTopic> topic = topics.parse(publish.topic().value());
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    int home = topic.get().token().map(DeviceHomes::of).orElse(0);
    return bus.ask(address(home), new Published(topic.get(), publish.payload()), Delivery.class);
  }

  @Override
  public Future<IngestReport> ingest(DeviceId device, Buffer json) {
    return homes
        .of(device)
        .compose(home -> bus.ask(address(home), new Posted(device, json), IngestReport.class));
  }

  @Override
  public Future<IngestReport> ingest(DeviceId device, Batch batch, Buffer text) {
    Parsed message = new Parsed(device, batch, text);
    return homes.of(device).compose(home -> bus.ask(address(home), message, IngestReport.class));
  }

  @Override
  public Future<IngestReport> ingestStored(
      DeviceId device, List<Reading> readings, Buffer message) {
    Stored stored = new Stored(device, readings, message);
    return homes.of(device).compose(home -> bus.ask(address(home), stored, IngestReport.class));
  }

  @Override
  public void changed(Device device) {
    homes.forget(device.id());
    bus.tell(Addresses.DEVICE_CHANGED, device);
  }

  @Override
  public void tokenLost(Device device) {
    changed(device); // first: what is looked at again is not to be answered from memory
    bus.tell(Addresses.TOKEN_LOST, device);
  }

  @Override
  public Future<Void> catalogueChanged() {
    bus.tell(Addresses.CATALOGUE_CHANGED, "changed");
    List<Future<?>> told = new ArrayList<>();
    for (int home = 0; home < shards; home++)
      told.add(bus.ask(address(home), new CatalogueChanged(), Void.class));
    return Future.join(told).mapEmpty();
  }

  @Override
  public void orphanMade() {
    bus.tell(Addresses.ORPHANS_CHANGED, "made");
  }

  @Override
  public void orphansSwept() {
    bus.tell(Addresses.ORPHANS_CHANGED, "swept");
  }

  @Override
  public Future<Void> registered(Device device, Secret token) {
    changed(device);
    return bus.ask(address(DeviceHomes.of(token)), new Registered(device.id(), token), Void.class);
  }

  private String address(int home) {
    return Addresses.ingest(Math.floorMod(home, shards));
  }
}
