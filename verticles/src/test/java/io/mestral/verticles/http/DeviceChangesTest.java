package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What the node is told when a device changes. */
class DeviceChangesTest extends HttpTest {
  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @Test
  void onlyWhatMayTakeATokenAwayIsToldAsThat() {
    Queue<DeviceId> lost = new ConcurrentLinkedQueue<>();
    TestNode.await(
        LocalBus.of(node.vertx())
            .listen(Addresses.TOKEN_LOST, device -> lost.add(((Device) device).id())));
    int id = device(ada, full());
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("name", "Renamed"));
    int other = device(ada, "Cellar");
    patch("/v0/devices/" + other).as(ada).send(new JsonObject().put("device_token", "tok123"));
    delete("/v0/devices/" + id).as(ada).send();
    long until = System.nanoTime() + 10_000_000_000L;
    while (lost.size() < 2) assertThat(System.nanoTime()).isLessThan(until);
    assertThat(lost).containsExactly(new DeviceId(other), new DeviceId(id));
  }

  @Test
  void whatIsKeptIsToldAlthoughTheAnswerIsAFailure() {
    Person grace = node.person("grace", 2);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    LocalBus bus = LocalBus.of(node.vertx());
    TestNode.await(bus.listen(Addresses.DEVICE_CHANGED, device -> told.add("changed")));
    TestNode.await(bus.listen(Addresses.TOKEN_LOST, device -> told.add("lost")));
    TestNode.await(node.metadata.forwarding().addDestination("partner"));
    JsonObject change =
        new JsonObject().put("device_token", "tok123").put("forwarding_destination_id", 1);

    lose("add");
    assertUnavailable(post("/v0/devices").as(grace).send(full()));
    awaitTold(told, "changed");
    int id = get("/v0/devices").as(grace).array().getJsonObject(0).getInteger("id");
    detours.always(
        ForwardingRegistry.class,
        "sendTo",
        Detours.failing(new RefusedException(Refusal.UNAVAILABLE, "the store is away")));
    assertUnavailable(patch("/v0/devices/" + id).as(grace).send(change));
    awaitTold(told, "changed", "lost");
    lose("update");
    change.put("device_token", "tok124");
    assertUnavailable(patch("/v0/devices/" + id).as(grace).send(change));
    awaitTold(told, "changed", "lost");
    lose("archive");
    assertUnavailable(delete("/v0/devices/" + id).as(grace).send());
    awaitTold(told, "changed", "lost");
    lose("add");
    assertUnavailable(post("/ops/v1/devices").as(admin).send(new JsonObject().put("name", "Kit")));
    awaitTold(told, "changed");
  }

  private void lose(String call) {
    detours.once(DeviceRegistry.class, call, Detours.losingTheAnswer());
  }

  private static void assertUnavailable(HttpResponse<?> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
  }

  private static void awaitTold(Queue<String> told, String... what) {
    long until = System.nanoTime() + 10_000_000_000L;
    while (told.size() < what.length) assertThat(System.nanoTime()).isLessThan(until);
    assertThat(told).containsExactlyInAnyOrder(what);
    told.clear();
  }
}
