package io.mestral.verticles.uplink;

import io.mestral.config.UplinkOptions;
import io.mestral.config.UplinkOptions.Enrolling;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.MqttConnectionException;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to another node's broker, made again whenever it ends. What is published waits
 * until it was acknowledged, over as many connections as that takes. Belongs to one event loop.
 */
final class UplinkConnection {
  private static final Logger LOG = LoggerFactory.getLogger(UplinkConnection.class);
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_UNDER_WAY = 500;
  private static final int KEEP_ALIVE_SECONDS = 10; // a dead link is noticed after twice that
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int LARGEST = 256 << 20; // MQTT's own limit

  private final Vertx vertx;
  private final UplinkOptions options;
  private final Ends ends;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final Map<Integer, Outgoing> underWay = new LinkedHashMap<>();
  private final Set<Outgoing> leaving = new LinkedHashSet<>(); // without a number yet
  private final Set<Integer> early = new HashSet<>();
  private Optional<MqttClient> client = Optional.empty();
  private int onTheirWay;
  private Duration pause = FIRST_PAUSE;
  private long dropped;
  private boolean isClosed;
  private boolean showsCode; // instead of the token, which isn't known there yet

  /**
   * What happens at this end.
   *
   * @param as what this node is there: {@code gateway}, or {@code edge} when it brings readings
   * @param topics that are subscribed to
   * @param taken is given each message, to be acknowledged by whoever takes it
   * @param connected is run whenever messages can come and go
   * @param will what the other node publishes when this one is lost
   */
  record Ends(
      String as,
      List<String> topics,
      Consumer<MqttPublishMessage> taken,
      Runnable connected,
      Supplier<Waiting> will) {}

  /** A message on its way. */
  record Waiting(String topic, Buffer payload, boolean retained) {}

  /** The same, with who is told what became of it; each is one of its own. */
  private static final class Outgoing {
    private final Waiting message;
    private final Promise<Void> there = Promise.promise();

    Outgoing(Waiting message) {
      this.message = message;
    }
  }

  /** Not open yet. */
  UplinkConnection(Vertx vertx, UplinkOptions options, Ends ends) {
    this.vertx = vertx;
    this.options = options;
    this.ends = ends;
    this.showsCode = options.enrolling().filter(Enrolling::isNew).isPresent();
  }

  /** Connects, and again until it is closed. */
  void open() {
    if (isClosed) return;
    MqttClient fresh = MqttClient.create(vertx, options());
    fresh
        .publishHandler(ends.taken()::accept)
        .publishCompletionHandler(id -> acknowledged(fresh, id))
        .closeHandler(closed -> ended(fresh))
        .exceptionHandler(broken -> LOG.debug("the uplink", broken));
    fresh
        .connect(options.port(), options.host())
        .compose(accepted -> fresh.subscribe(wanted()))
        .timeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(subscribed -> connected(fresh))
        .onFailure(
            refused -> {
              LOG.info(
                  "no uplink to {}:{}: {}", options.host(), options.port(), refused.toString());
              fresh.disconnect();
              if (refused instanceof MqttConnectionException) showsCode = maySwitch() && !showsCode;
              later();
            });
  }

  private boolean maySwitch() {
    return options.enrolling().isPresent();
  }

  private String shown() {
    return showsCode ? options.enrolling().orElseThrow().once().reveal() : options.token().reveal();
  }

  /** Whether the other node knows the code alone; it is to be told the token then. */
  boolean showsCode() {
    return showsCode;
  }

  /** The code was of use; from now on it is the token that is shown. */
  void enrolled() {
    showsCode = false;
    client.ifPresent(MqttClient::disconnect);
  }

  private Map<String, Integer> wanted() {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    ends.topics().forEach(topic -> wanted.put(topic, MqttQoS.AT_LEAST_ONCE.value()));
    return wanted;
  }

  private void connected(MqttClient fresh) {
    if (isClosed || !fresh.isConnected()) {
      fresh.disconnect();
      later();
      return;
    }
    LOG.info("uplink to {}:{}", options.host(), options.port());
    client = Optional.of(fresh);
    pause = FIRST_PAUSE;
    ends.connected().run();
    flush();
  }

  private void ended(MqttClient gone) {
    if (isOver(gone)) return;
    client = Optional.empty();
    Deque<Outgoing> again = new ArrayDeque<>(underWay.values());
    again.addAll(leaving); // a client that ended may never say what became of them
    again.descendingIterator().forEachRemaining(waiting::addFirst);
    underWay.clear();
    leaving.clear();
    early.clear();
    onTheirWay = 0;
    if (!isClosed) LOG.warn("the uplink to {}:{} ended", options.host(), options.port());
    later();
  }

  private void later() {
    if (isClosed) return;
    vertx.setTimer(pause.toMillis(), timer -> open());
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private MqttClientOptions options() {
    MqttClientOptions made = new MqttClientOptions();
    made.setClientId("uplink-" + options.name());
    made.setUsername(ends.as() + ":" + options.name());
    made.setPassword(shown());
    made.setCleanSession(true);
    made.setAutoAck(false);
    made.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    made.setMaxInflightQueue(MOST_UNDER_WAY + 1);
    made.setMaxMessageSize(LARGEST);
    made.setWillFlag(true);
    Waiting will = ends.will().get();
    made.setWillTopic(will.topic());
    made.setWillMessageBytes(will.payload());
    made.setWillQoS(MqttQoS.AT_LEAST_ONCE.value());
    made.setWillRetain(will.retained());
    made.setConnectTimeout((int) CONNECT.toMillis());
    made.setSsl(options.isEncrypted());
    made.setHostnameVerificationAlgorithm(options.isEncrypted() ? "HTTPS" : "");
    options
        .ca()
        .ifPresent(ca -> made.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
    return made;
  }

  /** Whether the other node can be told something now. */
  boolean isConnected() {
    return client.filter(MqttClient::isConnected).isPresent();
  }

  /** Has a message get there. When too many wait the oldest is given up. */
  void publish(Waiting message) {
    send(message);
  }

  /** The same; succeeds when it was acknowledged, and fails when it was given up. */
  Future<Void> send(Waiting message) {
    if (waiting.size() >= MOST_WAITING) {
      giveUp(waiting.removeFirst(), "too much waits for the uplink");
      dropped++;
      if (Long.bitCount(dropped) == 1)
        LOG.warn("{} messages were given up: {} wait for the uplink", dropped, MOST_WAITING);
    }
    Outgoing fresh = new Outgoing(message);
    waiting.addLast(fresh);
    flush();
    return fresh.there.future();
  }

  private static void giveUp(Outgoing message, String why) {
    message.there.fail(new RefusedException(Refusal.QUOTA_EXCEEDED, why));
  }

  private void flush() {
    if (client.isEmpty()) return;
    MqttClient now = client.get();
    while (!waiting.isEmpty() && onTheirWay < MOST_UNDER_WAY && now.isConnected()) {
      Outgoing next = waiting.removeFirst();
      Waiting one = next.message;
      onTheirWay++;
      leaving.add(next);
      now.publish(one.topic(), one.payload(), MqttQoS.AT_LEAST_ONCE, false, one.retained())
          .onSuccess(id -> sent(now, id, next))
          .onFailure(cause -> notSent(now, next, cause));
    }
  }

  private boolean isOver(MqttClient by) {
    return client.filter(now -> now == by).isEmpty();
  }

  private void sent(MqttClient by, int id, Outgoing message) {
    if (isOver(by) || !leaving.remove(message)) return; // it goes over the next connection
    if (early.remove(id)) arrived(message);
    else underWay.put(id, message);
  }

  /** On a connection that ended it goes over the next one; else it can't be sent at all. */
  private void notSent(MqttClient by, Outgoing message, Throwable cause) {
    if (isOver(by) || !by.isConnected() || !leaving.remove(message)) return;
    LOG.error(
        "a message of {} bytes can't go up: {}",
        message.message.payload().length(),
        cause.toString());
    onTheirWay--;
    giveUp(message, "it can't be sent");
    flush();
  }

  private void acknowledged(MqttClient by, int id) {
    if (isOver(by)) return;
    Outgoing message = underWay.remove(id);
    if (message != null) arrived(message);
    else early.add(id); // sooner than it is told here that it was sent
  }

  private void arrived(Outgoing message) {
    onTheirWay--;
    message.there.complete();
    flush();
  }

  void close() {
    isClosed = true;
    client.ifPresent(MqttClient::disconnect);
  }
}
