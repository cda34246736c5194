package io.mestral.node;

import io.mestral.broker.BrokerVerticle;
import io.mestral.broker.connection.Services;
import io.mestral.broker.websocket.WebSocketDoor;
import io.mestral.config.MestralConfig;
import io.mestral.config.TlsOptions;
import io.mestral.node.tls.Certificates;
import io.mestral.node.tls.TlsEngine;
import io.mestral.node.tls.UnusableTlsFile;
import io.mestral.verticles.http.HttpApiVerticle;
import io.mestral.verticles.http.Routes;
import io.mestral.verticles.http.Upgrade;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ports of a node: looked at first, opened last, closed first. */
final class Doors {
  private static final String MQTT_OVER_TLS = "mqtt.tls";
  private static final String HTTP_OVER_TLS = "http.tls";

  private final Vertx vertx;
  private final int eventLoops;
  private final MestralConfig config;
  private final MeterRegistry meters;
  private final Map<String, Certificates> certificates = new HashMap<>(); // of two ports at most
  private final List<String> deployments = new ArrayList<>();
  private final List<Runnable> watches = new ArrayList<>();
  private final Map<String, String> urls = new HashMap<>(); // by their scheme

  Doors(Runtime runtime, MestralConfig config, MeterRegistry meters) {
    this.vertx = runtime.vertx();
    this.eventLoops = runtime.eventLoops();
    this.config = config;
    this.meters = meters;
  }

  /** Reads the certificates: a port that can't open is no reason to recover a journal. */
  Future<Void> prepare() {
    return read(MQTT_OVER_TLS, config.broker().tls())
        .compose(done -> read(HTTP_OVER_TLS, config.http().tls()));
  }

  private Future<Void> read(String port, Optional<TlsOptions> options) {
    if (options.isEmpty()) return Future.succeededFuture();
    return vertx
        .executeBlocking(() -> Certificates.read(vertx, port, options.get()))
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof UnusableTlsFile
                        ? StartFailure.configuration(cause.getMessage(), cause)
                        : cause))
        .onSuccess(read -> certificates.put(port, read))
        .mapEmpty();
  }

  /** Succeeds once all of them accept connections. */
  Future<Void> open(Routes routes, Services broker) {
    Function<Context, Upgrade> toMqtt = loop -> new MqttUpgrade(new WebSocketDoor(broker, loop));
    return openMqttOverTls(broker)
        .compose(done -> openMqtt(broker))
        .compose(done -> openHttpOverTls(routes, toMqtt))
        .compose(done -> openHttp(routes, toMqtt));
  }

  private Future<Void> openMqtt(Services broker) {
    int port = config.broker().port();
    return open("mqtt.port", port, () -> new BrokerVerticle(broker))
        .onSuccess(opened -> name("mqtt", opened.actualPort()))
        .mapEmpty();
  }

  private Future<Void> openMqttOverTls(Services broker) {
    Certificates own = certificates.get(MQTT_OVER_TLS);
    if (own == null) return Future.succeededFuture();
    int port = config.broker().tls().orElseThrow().port();
    return open(
            "mqtt.tls.port",
            port,
            () -> BrokerVerticle.overTls(broker, own.first(), TlsEngine.best()))
        .onSuccess(opened -> name("mqtts", opened.actualPort()))
        .onSuccess(opened -> watch(own, opened::show))
        .mapEmpty();
  }

  private Future<Void> openHttp(Routes routes, Function<Context, Upgrade> toMqtt) {
    int port = config.http().port();
    return open("http.port", port, () -> new HttpApiVerticle(config.http(), routes, toMqtt))
        .onSuccess(opened -> name("http", opened.actualPort()))
        .mapEmpty();
  }

  private Future<Void> openHttpOverTls(Routes routes, Function<Context, Upgrade> toMqtt) {
    Certificates own = certificates.get(HTTP_OVER_TLS);
    if (own == null) return Future.succeededFuture();
    int port = config.http().tls().orElseThrow().port();
    Supplier<HttpApiVerticle> maker =
        () -> HttpApiVerticle.overTls(config.http(), routes, toMqtt, own.first(), TlsEngine.best());
    return open("http.tls.port", port, maker)
        .onSuccess(opened -> name("https", opened.actualPort()))
        .onSuccess(opened -> watch(own, opened::show))
        .mapEmpty();
  }

  /** Deploys an instance for each event loop, and succeeds with one of them. */
  private <V extends Deployable> Future<V> open(String key, int port, Supplier<V> maker) {
    List<V> made = new ArrayList<>();
    Supplier<V> remembering =
        () -> {
          V verticle = maker.get();
          made.add(verticle);
          return verticle;
        };
    return vertx
        .deployVerticle(remembering, new DeploymentOptions().setInstances(eventLoops))
        .recover(
            cause ->
                Future.failedFuture(
                    StartFailure.cannotListen(key, config.node().host(), port, cause)))
        .onSuccess(deployments::add)
        .map(id -> made.get(0));
  }

  private void name(String scheme, int port) {
    urls.put(scheme, scheme + "://" + config.node().host() + ":" + port);
  }

  private void watch(Certificates own, Function<ServerSSLOptions, Future<Boolean>> show) {
    watches.add(own.watch(vertx, show, meters));
  }

  /** Where the open ones are, by their scheme. */
  Map<String, String> urls() {
    return Map.copyOf(urls);
  }

  Future<Void> close() {
    watches.forEach(Runnable::run);
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
  }
}
