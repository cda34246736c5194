package io.mestral.verticles.uplink.receiving;

import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.platform.Gateway;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.storage.GatewayRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an edge have a token that it has made for itself: what it logged in with before, as a rule
 * the secret of a code, is no good from then on.
 */
public final class EnrolmentDesk implements Subscriber {
  private static final Logger log = LoggerFactory.getLogger(EnrolmentDesk.class);
  private static final int SHORTEST = 32;
  private static final int LONGEST = 128;
  private static final long FAREWELL_MILLIS = 500; // for the acknowledgement

  private final Vertx vertx;
  private final GatewayRegistry gateways;
  private final TokenVault vault;
  private final Consumer<Gateway> ended;
  private final Clock clock;

  /**
   * @param ended hears of gateways whose token is no good any more
   */
  public EnrolmentDesk(
      Vertx vertx,
      GatewayRegistry gateways,
      TokenVault vault,
      Consumer<Gateway> ended,
      Clock clock) {
    this.vertx = vertx;
    this.gateways = gateways;
    this.vault = vault;
    this.ended = ended;
    this.clock = clock;
  }

  /** Has the tokens of edges come here. */
  public void subscribe(Router router) {
    router.subscribe(
        this,
        new TopicFilter(EdgeTopic.all(Direction.UP, EdgeTopic.ENROL)),
        Subscription.at(QoS.EXACTLY_ONCE));
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<EdgeTopic> topic = EdgeTopic.parse(publish.topic().value());
    Optional<Secret> token = token(publish);
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    String edge = topic.get().edge();
    if (token.isEmpty()) {
      log.warn("edge {} wants a token that isn't one of 32 to 128 characters", edge);
      return Future.succeededFuture(Delivery.DONE);
    }
    String hash = vault.hash(token.get());
    return gateways
        .find(edge)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Delivery.DONE)
                    : gateways
                        .findByToken(hash)
                        .compose(
                            holder ->
                                holder.isPresent()
                                    ? Future.succeededFuture(Delivery.DONE) // it came twice
                                    : replace(found.get(), hash)))
        .recover(
            failure -> {
              log.warn("edge {} can't be enrolled now: {}", edge, failure.toString());
              return Future.succeededFuture(
                  new Delivery.Refused(Refusal.UNAVAILABLE, "the token can't be kept now"));
            });
  }

  private static Optional<Secret> token(Publish publish) {
    try {
      return Optional.ofNullable(new JsonObject(publish.payload()).getString("token"))
          .filter(text -> text.length() >= SHORTEST && text.length() <= LONGEST)
          .map(Secret::of);
    } catch (DecodeException | ClassCastException broken) {
      return Optional.empty();
    }
  }

  private Future<Delivery> replace(Gateway edge, String hash) {
    return gateways
        .replaceToken(edge.id(), hash, clock.instant())
        .map(
            done -> {
              log.info("edge {} is enrolled", edge.name());
              vertx.setTimer(FAREWELL_MILLIS, timer -> ended.accept(edge));
              return Delivery.DONE;
            });
  }
}
