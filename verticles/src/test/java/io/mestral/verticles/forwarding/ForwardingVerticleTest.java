package io.mestral.verticles.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.reading.Reading;
import io.mestral.routing.Keeper;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardingVerticleTest {
  private static final DeviceId ROOF = new DeviceId(7);
  private static final StreamName OTHERS = new StreamName("others");
  private static final JournalOptions SMALL =
      new JournalOptions(
          64 << 10, 1 << 20, 64 << 10, Optional.of(Duration.ofSeconds(1)), 1000, 4 << 20);

  private static final Buffer LARGE = Buffer.buffer(new byte[8 << 10]);
  private static final int WRITES = (int) (4 * SMALL.maxBytes() / LARGE.length());

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Router router =
      new Router(new RetainedMessages(1 << 20, Clock.systemUTC()), Keeper.NONE);
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final UserId ada = stores.user("ada");
  private final ForwardingRegistry registry = stores.metadata().forwarding();
  private final Partner partner = new Partner();
  private EmbeddedJournal journal;
  private ForwardingStream stream;
  private volatile boolean away;

  /** Takes what it is not told to refuse. */
  private static final class Partner implements Subscriber {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile Function<String, Optional<Refusal>> refusal = text -> Optional.empty();

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      String text = publish.payload().toString();
      Optional<Refusal> refused = refusal.apply(text);
      if (refused.isPresent())
        return Future.succeededFuture(new Delivery.Refused(refused.get(), "not now"));
      heard.add(text);
      return Future.succeededFuture(Delivery.DONE);
    }

    List<String> next(int howMany) throws InterruptedException {
      List<String> next = new ArrayList<>();
      while (next.size() < howMany) {
        String text = heard.poll(10, TimeUnit.SECONDS);
        if (text == null) throw new AssertionError("silence after " + next);
        next.add(text);
      }
      return next;
    }
  }

  /** A device is shown as its number and its values. */
  private Future<Map<DeviceId, DeviceDocuments.Document>> documents(Collection<DeviceId> devices) {
    if (away)
      return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "nobody is there"));
    Map<DeviceId, DeviceDocuments.Document> shown = new HashMap<>();
    for (DeviceId device : devices)
      shown.put(
          device,
          new DeviceDocuments.Document() {
            @Override
            public UserId owner() {
              return ada;
            }

            @Override
            public Buffer with(List<Reading> readings) {
              return Buffer.buffer(device.value() + ":" + (int) readings.get(0).value());
            }
          });
    return Future.succeededFuture(shown);
  }

  @BeforeEach
  void adaHasAPartner() {
    SealedToken token = new SealedToken("hash", new byte[1]);
    Settled.value(registry.grant(new ForwardingAccess(ada, token, token)));
    router.subscribe(
        partner, new TopicFilter("/forward/key/#"), Subscription.at(QoS.AT_LEAST_ONCE));
    open();
  }

  @AfterEach
  void close() {
    Settled.value(journal.close());
    stores.close();
    Settled.value(vertx.close());
  }

  private void open() {
    journal = EmbeddedJournal.open(vertx, folder, SMALL, meters);
    stream = new ForwardingStream(journal, 8 << 10, meters);
    Settled.value(stream.open());
  }

  private String start() {
    ForwardingVerticle.Parts parts =
        new ForwardingVerticle.Parts(
            stream,
            this::documents,
            registry,
            token -> Optional.of(Secret.of("key")),
            router,
            meters);
    return Settled.value(vertx.deployVerticle(new ForwardingVerticle(parts, Duration.ofMillis(5))));
  }

  private void add(DeviceId device, int from, int to) {
    for (int i = from; i < to; i++) Settled.value(stream.add(device, batch(device, i)));
  }

  private static List<Reading> batch(DeviceId device, int value) {
    return List.of(new Reading(device, new SensorId(55), 1_770_000_000L + value, value));
  }

  private static List<String> roof(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "7:" + i).toList();
  }

  /**
   * The others write four times what the journal holds, and try again what is refused; between them
   * batches come, so that all files hold some.
   */
  private void whileOthersWrite(int from, int to) throws Exception {
    Promise<Void> written = Promise.promise();
    vertx.runOnContext(turn -> write(0, from, to, written));
    written.future().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void write(int done, int next, int to, Promise<Void> written) {
    if (done == WRITES) {
      written.complete();
      return;
    }
    boolean due = next < to && (to - next) * 4L >= WRITES - done;
    othersWrite()
        .compose(gone -> due ? stream.add(ROOF, batch(ROOF, next)) : Future.succeededFuture())
        .onComplete(
            outcome -> {
              if (outcome.failed()) vertx.setTimer(1, again -> write(done, next, to, written));
              else write(done + 1, due ? next + 1 : next, to, written);
            });
  }

  private Future<Void> othersWrite() {
    return journal.append(OTHERS, LARGE).compose(sequence -> journal.trim(OTHERS, sequence));
  }

  private static boolean isTaken(Future<Long> written) {
    return Settled.value(written.transform(done -> Future.succeededFuture(done.succeeded())));
  }

  private double count(String name) {
    return meters.counter("mestral.forwarding." + name).count();
  }

  @Test
  void whatWaitsLongHoldsNobodyUpAndGoesOnceInOrder() throws Exception {
    away = true;
    String running = start();
    whileOthersWrite(0, 200);
    assertThat(count("moved")).isPositive();
    away = false;
    assertThat(partner.next(200)).isEqualTo(roof(0, 200));
    add(ROOF, 200, 201);
    assertThat(partner.next(1)).isEqualTo(roof(200, 201));
    Settled.value(vertx.undeploy(running));
    assertThat(meters.get("mestral.forwarding.waiting.bytes").gauge().value()).isZero();
  }

  @Test
  void aJournalThatIsFullAlreadyIsFreed() throws Exception {
    away = true;
    int files = 0;
    while (isTaken(journal.append(OTHERS, LARGE))) {
      add(ROOF, files, files + 1);
      files++;
    }
    Settled.value(journal.trim(OTHERS, Long.MAX_VALUE));
    Settled.isRefused(journal.append(OTHERS, LARGE), Refusal.QUOTA_EXCEEDED);
    start();
    whileOthersWrite(files, files + 10);
    away = false;
    assertThat(partner.next(files + 10)).isEqualTo(roof(0, files + 10));
  }

  @Test
  void beyondTheBoundWhatComesIsLeftOutAndIngestionGoesOn() throws Exception {
    away = true;
    String running = start();
    whileOthersWrite(0, 320);
    add(ROOF, 320, 1000);
    int kept = (8 << 10) / 29;
    assertThat(count("left.out")).isEqualTo(1000 - kept);
    Settled.value(vertx.undeploy(running));
    Settled.value(journal.close());
    open(); // the bound counts what is there
    start();
    add(ROOF, 1000, 1001);
    assertThat(count("left.out")).isEqualTo(1001 - kept);
    away = false;
    assertThat(partner.next(kept)).isEqualTo(roof(0, kept));
    add(ROOF, 2000, 2001);
    assertThat(partner.next(1)).isEqualTo(roof(2000, 2001));
  }

  @Test
  void whatAKillLeftInTwoPlacesGoesOnce() throws Exception {
    add(ROOF, 0, 30);
    List<Waiting> waiting = Settled.value(stream.next(64));
    Lane moved = Lane.ofMoved(journal, "forwarding-moved-again");
    Settled.value(moved.take(Pack.of(waiting.subList(0, 10))));
    Settled.value(moved.take(Pack.of(waiting.subList(5, 20))));
    Lane before = Lane.ofMoved(journal, "forwarding-moved");
    Settled.value(before.take(Pack.of(waiting.subList(15, 25))));
    Settled.value(journal.close());
    open();
    add(ROOF, 30, 31);
    start();
    assertThat(partner.next(31)).isEqualTo(roof(0, 31));
    add(ROOF, 31, 32);
    assertThat(partner.next(1)).isEqualTo(roof(31, 32));
  }

  @Test
  void aMessageThatCannotBeKeptNowHoldsUpThoseBehindItAndRepeatsNone() throws Exception {
    List<String> asked = new ArrayList<>();
    int[] left = {3};
    partner.refusal =
        text -> {
          asked.add(text);
          return text.equals("7:5") && left[0]-- > 0
              ? Optional.of(Refusal.QUOTA_EXCEEDED)
              : Optional.empty();
        };
    for (int i = 0; i < 20; i++) {
      add(ROOF, i, i + 1);
      add(new DeviceId(8), i, i + 1);
    }
    start();
    List<String> heard = partner.next(40);
    assertThat(heard).doesNotHaveDuplicates();
    assertThat(heard).filteredOn(text -> text.startsWith("7:")).isEqualTo(roof(0, 20));
    assertThat(asked).hasSize(43);
    assertThat(asked.subList(0, asked.indexOf("7:5") + 1)).doesNotContain("7:6", "8:7");
  }

  @Test
  void whatIsRefusedForGoodIsLeftOut() throws Exception {
    partner.refusal =
        text -> text.endsWith(":3") ? Optional.of(Refusal.TOO_LARGE) : Optional.empty();
    start();
    add(ROOF, 0, 6);
    assertThat(partner.next(5)).containsExactly("7:0", "7:1", "7:2", "7:4", "7:5");
    assertThat(count("refused")).isEqualTo(1);
  }

  @Test
  void aRecordOfALaterVersionIsKeptApart() throws Exception {
    add(ROOF, 0, 1);
    Buffer later = Buffer.buffer("\u0002later");
    Settled.value(journal.append(new StreamName("forwarding"), later));
    Settled.value(journal.append(new StreamName("forwarding-moved"), Buffer.buffer("\u0009pack")));
    add(ROOF, 1, 2);
    Settled.value(journal.close());
    open();
    String running = start();
    assertThat(partner.next(2)).isEqualTo(roof(0, 2));
    Settled.value(vertx.undeploy(running));
    assertThat(Files.readString(folder.resolve("damaged/record-forwarding-2")))
        .isEqualTo(later.toString());
    assertThat(folder.resolve("damaged/record-forwarding-moved-1")).hasContent("\u0009pack");
    assertThat(count("unreadable")).isEqualTo(2);
  }
}
