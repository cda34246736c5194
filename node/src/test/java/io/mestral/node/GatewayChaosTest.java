package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.syntax.Syntax;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests to gateways that come and go, while the node is killed now and then. Each ends in one
 * state that stays, is never called done unless the device did it, and comes to a gateway again
 * after it was acknowledged only where the node was killed. More of it: {@code REQUESTS=20000
 * GATEWAYS=100 KILLS=50 ./mestral test --only node}.
 */
class GatewayChaosTest {
  private static final int REQUESTS = (int) setting("REQUESTS", 400);
  private static final int GATEWAYS = (int) setting("GATEWAYS", 10);
  private static final int KILLS = (int) setting("KILLS", 2);
  private static final long SEED = setting("SEED", System.nanoTime());
  private static final int ASKERS = 32;
  private static final Duration LONGEST = Duration.ofSeconds(KILLS > 10 ? 40 : 12);

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
  private final List<FlappingGateway> gateways = new ArrayList<>();
  private final Queue<Asked> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger killed = new AtomicInteger();
  private volatile NodeProcess node;
  private volatile HttpProbe http;
  private int mqttPort;
  private String[] settings = {};

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }

  /** A request, and what became of it. */
  private static final class Asked {
    private final String name = "urn:uuid:" + UUID.randomUUID();
    private final int gateway;
    private final boolean isWrite;
    private final double level;
    private final String text;
    private final Instant expires;
    private String state = "";

    Asked(Random random, int number) {
      gateway = random.nextInt(GATEWAYS);
      isWrite = random.nextInt(100) < 85;
      level = number + 1;
      boolean isHurried = random.nextInt(10) == 0;
      expires =
          Instant.now()
              .plus(isHurried ? Duration.ofSeconds(3) : LONGEST)
              .truncatedTo(ChronoUnit.MILLIS);
      String lamp = "<https://fleet.example/id/lamp-g" + gateway + ">";
      String value =
          " a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent"
              + (isWrite ? " ; rdf:value " + level + "E0" : "")
              + " ] ";
      text =
          SmartApiClient.message(
              name.substring("urn:uuid:".length()),
              "Request",
              (isHurried ? "sx:timeout \"PT0.2S\"^^xsd:duration ; " : "")
                  + "sx:expires \""
                  + expires
                  + "\"^^xsd:dateTime ; "
                  + SmartApiClient.activity(isWrite ? "smartapi:Write" : "smartapi:Read", lamp)
                  + " . "
                  + lamp
                  + value);
    }
  }

  @Test
  void everyRequestEndsOnceAndIsDoneOnlyWhenTheDeviceDidIt() throws Exception {
    Path data = folder.resolve("data");
    start(data);
    ExecutorService threads = Executors.newCachedThreadPool();
    for (int i = 0; i < GATEWAYS; i++) threads.submit(gateway(i));
    for (FlappingGateway one : gateways) untilKnown(one);
    Future<?> killer = threads.submit(() -> killNowAndThen(data));
    AtomicInteger number = new AtomicInteger();
    List<Future<?>> askers = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++)
      askers.add(threads.submit(() -> ask(number, new Random(random.nextLong()))));
    for (Future<?> asker : askers) asker.get();
    killer.get();
    for (FlappingGateway one : gateways) one.stay();
    Map<String, Integer> states = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Asked one : ended) {
      states.merge((one.isWrite ? "Write " : "Read ") + one.state, 1, Integer::sum);
      look(one, wrong);
    }
    int twice = gateways.stream().mapToInt(FlappingGateway::twice).sum();
    System.err.printf(
        "seed %d: %d requests, %d kills: %s; %d came again after an acknowledgement%n",
        SEED, ended.size(), killed.get(), states, twice);
    for (FlappingGateway one : gateways) one.end();
    later.shutdownNow();
    threads.shutdownNow();
    node.close();
    assertThat(wrong).as("seed " + SEED).isEmpty();
    assertThat(ended).hasSize(REQUESTS);
    assertThat(twice).as("seed " + SEED).isLessThanOrEqualTo(killed.get() * ASKERS);
  }

  private void start(Path data) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("limits.http-per-minute=0", "log.level=error", "smartapi.node=hub"));
    all.addAll(Arrays.asList(settings));
    node = NodeProcess.start(data, all.toArray(String[]::new));
    http = node.http(data);
    mqttPort = node.mqttPort();
    String port = node.httpUrl().substring(node.httpUrl().lastIndexOf(':') + 1);
    settings = new String[] {"mqtt.port=" + mqttPort, "http.port=" + port};
  }

  private FlappingGateway gateway(int number) {
    String name = "g" + number;
    String token = TestGateway.known(http, name);
    FlappingGateway made =
        new FlappingGateway(name, token, () -> mqttPort, new Random(random.nextLong()), later);
    gateways.add(made);
    return made;
  }

  private void untilKnown(FlappingGateway one) {
    String read = SmartApiClient.activity("smartapi:Read", "<" + one.lamp() + ">");
    Instant end = Instant.now().plusSeconds(60);
    while (state(send(SmartApiClient.request(read))).equals(ErrorType.NOT_FOUND_ERROR.name())) {
      assertThat(Instant.now()).as("%s is announced", one.lamp()).isBefore(end);
      pause(50);
    }
  }

  private void killNowAndThen(Path data) {
    Random when = new Random(SEED + 1);
    try {
      for (int i = 0; i < KILLS && ended.size() < REQUESTS; i++) {
        TimeUnit.MILLISECONDS.sleep(1_500 + when.nextInt(4_000));
        node.kill();
        killed.incrementAndGet();
        start(data);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(AtomicInteger number, Random mine) {
    for (int next = number.getAndIncrement(); next < REQUESTS; next = number.getAndIncrement()) {
      // as long as the node is to be killed there is something to lose
      if (killed.get() * REQUESTS < next * KILLS / 2) pause(20);
      Asked one = new Asked(mine, next);
      one.state = end(one);
      ended.add(one);
    }
  }

  private String end(Asked one) {
    Message answer = send(one.text);
    boolean again = one.level % 20 == 0;
    if (again) answer = send(one.text);
    Instant latest = one.expires.plusSeconds(20);
    while (answer.status().isPresent()) {
      if (Instant.now().isAfter(latest)) return "never";
      pause(300);
      answer = send(probe(answer.processId().orElseThrow()));
    }
    return state(answer);
  }

  private static String probe(long process) {
    return SmartApiClient.message(
        UUID.randomUUID().toString(), "AliveRequest", "smartapi:processID " + process);
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As a client does whose connection broke: again, until there is an answer. */
  private Message send(String text) {
    while (true) {
      try {
        HttpResponse<String> answer =
            http.with("Content-Type", "text/turtle")
                .send("POST", "/smartapi/v1.0e1.0/access/", text);
        if (answer.statusCode() == 200)
          return new MessageReader()
              .read(answer.body().getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
              .message();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      } catch (IllegalStateException gone) {
        assertThat(gone).hasMessageStartingWith("POST");
      }
      pause(50);
    }
  }

  private static String state(Message answer) {
    List<ErrorReport> errors = answer.errors();
    if (errors.isEmpty()) return SmartApiClient.entities(answer).isEmpty() ? "nothing" : "done";
    return Arrays.stream(ErrorType.values())
        .filter(type -> errors.get(0).isA(type.type()))
        .map(ErrorType::name)
        .findFirst()
        .orElse("ERROR");
  }

  private void look(Asked one, List<String> wrong) {
    FlappingGateway gateway = gateways.get(one.gateway);
    if (one.state.equals("never") || one.state.equals("nothing"))
      wrong.add(one.name + " ended with " + one.state);
    if (!one.isWrite) return;
    Optional<Double> did = Optional.ofNullable(gateway.book().get(one.name));
    if (one.state.equals("done") && !did.equals(Optional.of(one.level)))
      wrong.add(one.name + " is done, and the device did " + did);
    String now = state(send(one.text));
    if (!now.equals(one.state)) wrong.add(one.name + " was " + one.state + ", is " + now);
  }
}
