package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.ingestion.DeviceHomes;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.ingestion.IngestReport;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a device publishes and what is posted for it go to one ingestion verticle. */
class SameHomeTest {
  private static final int SHARDS = 16;

  private final Vertx vertx = Vertx.vertx();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final UserId owner = stores.user("ada");
  private final DeviceRegistry devices = stores.metadata().devices();
  private final Queue<Integer> asked = new ConcurrentLinkedQueue<>();
  private final IngestClient client =
      new IngestClient(
          vertx, new DeviceTopics(List.of()), new DeviceHomes(devices, vault::open), SHARDS);

  SameHomeTest() {
    for (int shard = 0; shard < SHARDS; shard++) {
      int number = shard;
      TestNode.await(
          LocalBus.of(vertx)
              .answer(
                  Addresses.ingest(shard),
                  question -> {
                    asked.add(number);
                    return Future.succeededFuture(
                        question.toString().startsWith("Posted")
                            ? new IngestReport(IngestReport.Outcome.KEPT, 0, 0)
                            : Delivery.DONE);
                  }));
    }
  }

  @AfterEach
  void stop() {
    stores.close();
    TestNode.await(vertx.close());
  }

  @Test
  void allDevicesHaveOneHomeAndNotAllTheSame() {
    int homes = 0;
    for (int i = 0; i < 50; i++) {
      Secret token = vault.newDeviceToken();
      Device device = TestNode.await(devices.add(device(token)));
      post(device);
      publish(token);
      assertThat(asked.remove()).isEqualTo(asked.peek());
      homes |= 1 << asked.remove();
    }
    assertThat(Integer.bitCount(homes)).isGreaterThan(8);
  }

  @Test
  void aDeviceWithAnotherTokenMoves() {
    Device device = TestNode.await(devices.add(device(Secret.of("aaaaaa"))));
    post(device);
    Secret next = Secret.of("aaaaab"); // the next shard
    Device changed = TestNode.await(devices.update(device.id(), now -> withToken(now, next)));
    client.changed(changed);
    post(changed);
    publish(next);
    assertThat(asked.remove()).isNotEqualTo(asked.peek());
    assertThat(asked.remove()).isEqualTo(asked.remove());
  }

  private void post(Device device) {
    TestNode.await(client.ingest(device.id(), Buffer.buffer("{}")));
  }

  private void publish(Secret token) {
    Topic topic = new Topic("device/sck/" + token.reveal() + "/readings");
    TestNode.await(
        client.deliver(
            Publish.of(topic, Buffer.buffer("{}"), QoS.AT_LEAST_ONCE),
            Subscription.at(QoS.AT_LEAST_ONCE)));
  }

  private Device withToken(Device device, Secret token) {
    return device(device.id(), token);
  }

  private Device device(Secret token) {
    return device(new DeviceId(0), token);
  }

  private Device device(DeviceId id, Secret token) {
    return new Device(
        id,
        UUID.randomUUID(),
        owner,
        "Roof",
        Optional.empty(),
        Optional.of(vault.seal(token)),
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
