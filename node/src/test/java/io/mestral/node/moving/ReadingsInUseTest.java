package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.Settled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held back and noted, with stores that answer when the test says so. */
class ReadingsInUseTest {
  private static final DeviceId KIT = new DeviceId(7);
  private static final SensorId LIGHT = new SensorId(14);
  private static final long DAY = 86_400;

  private final Vertx vertx = Vertx.vertx();
  private final Calls old = new Calls();
  private final Calls other = new Calls();
  private final ReadingsInUse inUse = new ReadingsInUse(vertx, old.store());

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void aDayIsNotedWhenAChangeBeginsAndWhenItIsOver() throws Exception {
    Settled.value(inUse.watch());
    Future<Void> appended = inUse.append(List.of(reading(3 * DAY + 5)));
    Promise<Void> call = old.next();
    assertThat(Settled.value(inUse.touched())).contains(Set.of(new Touched(KIT, 3, 3)));
    assertThat(Settled.value(inUse.isTouched(KIT, 3))).isFalse();
    call.complete();
    Settled.value(appended);
    assertThat(Settled.value(inUse.isTouched(KIT, 3))).isTrue();
    inUse.delete(new Series(KIT, LIGHT), new TimeRange(0, 2 * DAY - 1));
    old.next().complete();
    assertThat(Settled.value(inUse.isTouched(KIT, 1))).isTrue();
    assertThat(Settled.value(inUse.isTouched(KIT, 2))).isFalse();
  }

  @Test
  void watchingBeginsWhenWhatIsNotNotedIsOver() throws Exception {
    Future<Void> before = inUse.append(List.of(reading(0)));
    Promise<Void> call = old.next();
    Future<Void> watching = inUse.watch();
    assertThat(Settled.value(inUse.touched()).orElseThrow()).isEmpty();
    assertThat(watching.isComplete()).isFalse();
    call.complete();
    Settled.value(watching);
    Settled.value(before);
  }

  @Test
  void whatIsHeldBackGoesToTheStoreThatIsUsedThenInItsOrder() throws Exception {
    Settled.value(inUse.watch());
    Future<Void> under = inUse.append(List.of(reading(1)));
    Promise<Void> call = old.next();
    Future<Void> quiet = inUse.hold();
    List<Future<Void>> held = new ArrayList<>();
    for (int i = 2; i < 5; i++) held.add(inUse.append(List.of(reading(i))));
    assertThat(Settled.value(inUse.touched())).isPresent(); // all of it has come to its context
    assertThat(quiet.isComplete()).isFalse();
    call.complete();
    Settled.value(quiet);
    Settled.value(under);
    Settled.value(inUse.use(other.store()));
    Settled.value(inUse.release());
    for (int i = 0; i < 3; i++) other.next().complete();
    for (Future<Void> each : held) Settled.value(each);
    assertThat(old.seconds).containsExactly(1L);
    assertThat(other.seconds).containsExactly(2L, 3L, 4L);
  }

  private static Reading reading(long second) {
    return new Reading(KIT, LIGHT, second, 1);
  }

  /** A store whose changes are done when the test completes them. */
  private static final class Calls {
    private final LinkedBlockingQueue<Promise<Void>> waiting = new LinkedBlockingQueue<>();
    private final List<Long> seconds = new ArrayList<>();

    MovableReadings store() {
      return (MovableReadings)
          Proxy.newProxyInstance(
              ReadingsInUseTest.class.getClassLoader(),
              new Class<?>[] {MovableReadings.class},
              (self, method, arguments) -> {
                if (method.getName().equals("append"))
                  seconds.add(((Reading) ((List<?>) arguments[0]).get(0)).epochSecond());
                Promise<Void> call = Promise.promise();
                waiting.add(call);
                return call.future();
              });
    }

    Promise<Void> next() throws InterruptedException {
      Promise<Void> call = waiting.poll(10, TimeUnit.SECONDS);
      assertThat(call).isNotNull();
      return call;
    }
  }
}
