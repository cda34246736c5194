package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownDeviceTest {
  private final KnownDevice device =
      new KnownDevice(new DeviceId(1), new UserId(1), List.of(), false);
  private final List<String> done = new ArrayList<>();

  @Test
  void aStepWaitsForTheEarlierOnes() {
    Promise<String> first = Promise.promise();
    device.inOrder(first::future);
    Future<String> second = device.inOrder(() -> step("second"));
    Future<String> third = device.inOrder(() -> step("third"));
    assertThat(done).isEmpty();
    first.complete("first");
    assertThat(done).containsExactly("second", "third");
    assertThat(second.result()).isEqualTo("second");
    assertThat(third.result()).isEqualTo("third");
  }

  @Test
  void aFailedStepDoesNotHoldUpTheNext() {
    Promise<String> first = Promise.promise();
    Future<String> failing = device.inOrder(first::future);
    Future<String> second = device.inOrder(() -> step("second"));
    first.fail("no");
    assertThat(failing.failed()).isTrue();
    assertThat(second.result()).isEqualTo("second");
  }

  @Test
  void aLongBacklogBehindOneStepIsWorkedOff() {
    Promise<String> first = Promise.promise();
    device.inOrder(first::future);
    for (int i = 0; i < 50_000; i++) device.inOrder(() -> step("next"));
    first.complete("first");
    assertThat(done).hasSize(50_000);
  }

  @Test
  void aStepThatFindsNothingUnderWayRunsAtOnce() {
    device.inOrder(() -> step("first"));
    assertThat(done).containsExactly("first");
  }

  private Future<String> step(String name) {
    done.add(name);
    return Future.succeededFuture(name);
  }
}
