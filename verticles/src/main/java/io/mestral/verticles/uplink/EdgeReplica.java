package io.mestral.verticles.uplink;

import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.storage.replica.ReplicaChange;
import io.mestral.storage.replica.ReplicaEffect;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.storage.replica.ReplicaRecord;
import io.mestral.storage.replica.ReplicaRegistry;
import io.mestral.storage.replica.ReplicaStanding;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.ingestion.CatalogueChanges;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.uplink.UplinkConnection.Waiting;
import io.mestral.verticles.uplink.state.DeviceNews;
import io.mestral.verticles.uplink.state.EdgeStanding;
import io.mestral.verticles.uplink.state.RecordBodies;
import io.mestral.verticles.uplink.state.StateFormat;
import io.mestral.verticles.uplink.state.StateMessage;
import io.mestral.verticles.uplink.state.StateRecord;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users, devices and the catalogue at an edge: takes what the node above tells of them, and tells
 * it what became of devices here. The key that the first message was signed with is the one that
 * all have to be signed with.
 *
 * <p>Belongs to one event loop, but for {@link #load}.
 */
public final class EdgeReplica {
  private static final Logger log = LoggerFactory.getLogger(EdgeReplica.class);
  private static final long SOON_MILLIS = 50; // changes that belong together go together
  private static final int AT_ONCE = 100; // devices in a message
  private static final long AGAIN_MILLIS = 12_000; // later than the node above gives up waiting

  private final Ground ground;
  private final News news;
  private Optional<EdgeLink> link = Optional.empty();
  private Future<Void> turn = Future.succeededFuture();
  private boolean isDue;

  /** What it stands on. */
  public record Ground(Vertx vertx, ReplicaRegistry registry, TokenVault vault, Clock clock) {}

  /**
   * Who hears of what is others than before.
   *
   * @param rights of users who may do more or less than before
   */
  public record News(DeviceChanges devices, CatalogueChanges catalogue, Consumer<UserId> rights) {}

  /** Knows nothing yet. */
  public EdgeReplica(Ground ground, News news) {
    this.ground = ground;
    this.news = news;
  }

  /** Has tokens that the node above told of be known; before anybody shows one. */
  public Future<Void> load() {
    return ground
        .registry()
        .standing()
        .map(
            standing -> {
              standing.ifPresent(this::share);
              return null;
            });
  }

  private void share(ReplicaStanding standing) {
    ground
        .vault()
        .open(standing.tokenKey())
        .ifPresentOrElse(
            key -> ground.vault().share(HexFormat.of().parseHex(key.reveal())),
            () -> log.error("tokens of the node above aren't known: the node has another key"));
  }

  /** Hears from now on what becomes of devices here. */
  Future<Void> open(EdgeLink to) {
    link = Optional.of(to);
    return LocalBus.of(ground.vertx())
        .listen(Addresses.DEVICE_CHANGED, device -> to.home().runOnContext(now -> tellSoon()));
  }

  /** There is a link again. */
  void connected() {
    sayStanding();
    tellSoon();
  }

  private boolean isConnected() {
    return link.filter(one -> one.connection().isConnected()).isPresent();
  }

  private void send(String stream, Buffer body) {
    EdgeLink to = link.orElseThrow();
    String topic = new EdgeTopic(to.edge(), Direction.UP, stream).text();
    to.connection()
        .send(new Waiting(topic, body, false))
        .onFailure(lost -> log.warn("what there is of {} isn't told: {}", stream, lost.toString()));
  }

  private <T> Future<T> here(Future<T> elsewhere) {
    return ReadingUplink.at(link.orElseThrow().home(), elsewhere);
  }

  private void sayStanding() {
    Future<Optional<ReplicaStanding>> standing = ground.registry().standing();
    Future<Map<ReplicaName, String>> tags = ground.registry().tags();
    Future<Optional<Long>> left = ground.registry().numbersLeft();
    here(Future.all(standing, tags, left))
        .onSuccess(
            all -> {
              if (!isConnected()) return;
              EdgeStanding said =
                  new EdgeStanding(
                      standing.result().map(ReplicaStanding::number).orElse(0L),
                      StateRecord.digest(tags.result()),
                      left.result());
              send(EdgeTopic.STATE, said.written());
            })
        .onFailure(failure -> log.error("what the node above told can't be read", failure));
  }

  private void tellSoon() {
    if (isDue || !isConnected()) return;
    isDue = true;
    ground
        .vertx()
        .setTimer(
            SOON_MILLIS,
            timer -> {
              isDue = false;
              tellDevices();
            });
  }

  private void tellDevices() {
    if (!isConnected()) return;
    Future<DeviceNews> told =
        ground
            .registry()
            .untold()
            .compose(
                untold ->
                    ground.registry().archivedHere().map(gone -> new DeviceNews(untold, gone)));
    here(told)
        .onSuccess(
            one -> {
              for (DeviceNews part : one.parts(AT_ONCE))
                if (isConnected()) send(EdgeTopic.DEVICES, part.written());
            })
        .onFailure(failure -> log.error("devices that were changed here can't be read", failure));
  }

  /** Takes a message after those that came before it; always succeeds, when that is done. */
  Future<Void> take(Buffer body) {
    turn = turn.<Void>otherwiseEmpty().compose(done -> here(taken(body)));
    return turn;
  }

  private Future<Void> taken(Buffer body) {
    StateFormat.Signed signed;
    try {
      signed = StateFormat.read(body);
      if (!signed.message().edge().equals(link.orElseThrow().edge()))
        throw new Unreadable("it is for " + signed.message().edge());
    } catch (Unreadable broken) {
      log.error("the node above tells what isn't taken: {}", broken.getMessage());
      return Future.succeededFuture();
    }
    StateMessage message = signed.message();
    return ground
        .registry()
        .standing()
        .compose(
            standing ->
                ground
                    .registry()
                    .tags()
                    .compose(tags -> take(message, signed.key(), standing, tags)))
        .recover(failure -> later(message, failure));
  }

  private Future<Void> later(StateMessage message, Throwable failure) {
    log.error("message {} of the node above isn't taken: {}", message.number(), failure.toString());
    ground
        .vertx()
        .setTimer(
            AGAIN_MILLIS,
            timer -> {
              if (isConnected()) sayStanding();
            });
    return Future.succeededFuture();
  }

  private Future<Void> take(
      StateMessage message,
      String key,
      Optional<ReplicaStanding> standing,
      Map<ReplicaName, String> tags) {
    if (standing.filter(one -> !one.signedBy().equals(key)).isPresent())
      return Future.failedFuture(
          new Unreadable("it is signed with " + key + ", not by who has told the others"));
    if (standing.filter(one -> one.number() >= message.number()).isPresent())
      return Future.succeededFuture(); // it was taken before
    if (message.from().filter(from -> !from.equals(StateRecord.digest(tags))).isPresent()) {
      sayStanding(); // the difference to something else: the whole is needed
      return Future.succeededFuture();
    }
    try {
      return apply(change(message, key, tags)).onSuccess(done -> sayStanding());
    } catch (Unreadable broken) {
      return Future.failedFuture(broken);
    }
  }

  private ReplicaChange change(StateMessage message, String key, Map<ReplicaName, String> before)
      throws Unreadable {
    List<ReplicaRecord> records = new ArrayList<>();
    for (StateRecord one : message.records()) records.add(RecordBodies.read(one));
    boolean isWhole = message.from().isEmpty();
    Map<ReplicaName, String> after = new HashMap<>(isWhole ? Map.of() : before);
    message.gone().forEach(after::remove);
    records.forEach(one -> after.put(one.name(), one.tag()));
    if (!StateRecord.digest(after).equals(message.to()))
      throw new Unreadable("it doesn't lead to what it is to lead to");
    ReplicaStanding standing =
        new ReplicaStanding(
            message.number(),
            key,
            ground.vault().seal(Secret.of(HexFormat.of().formatHex(message.tokenKey()))));
    return new ReplicaChange(isWhole, records, message.gone(), standing, ground.clock().instant());
  }

  /** Whoever looks at a token after this knows it. */
  private Future<Void> apply(ReplicaChange change) {
    return ground
        .registry()
        .apply(change)
        .compose(
            effect -> {
              share(change.standing());
              return tell(effect);
            });
  }

  private Future<Void> tell(ReplicaEffect effect) {
    if (!effect.renamed().isEmpty())
      log.warn(
          "users of this node are called otherwise now, as the node above has some of their names:"
              + " {}, each with .local behind it",
          effect.renamed().stream().collect(Collectors.joining(", ")));
    effect.devices().forEach(news.devices()::tokenLost);
    effect.users().forEach(news.rights());
    return effect.isCatalogueChanged()
        ? news.catalogue().catalogueChanged()
        : Future.succeededFuture();
  }
}
