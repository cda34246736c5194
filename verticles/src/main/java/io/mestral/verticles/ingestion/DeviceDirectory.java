package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.DeviceTokens;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which token is whose, so that no message waits for a look-up twice. Forgets a device at
 * once when it changes. Belongs to one ingestion verticle.
 */
final class DeviceDirectory {
  /** No device has a longer token. */
  static final int LONGEST_TOKEN = 128;

  /** Devices, some hundred bytes each; the least recently heard ones go first. */
  private static final int REMEMBERED = 100_000;

  /** Strangers have a small memory of their own, so that they can't push devices out. */
  private static final int STRANGERS = 2_000;

  /** Somebody may have got the token by then who could not be told of here. */
  private static final Duration STRANGER_FOR = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(DeviceDirectory.class);

  private final Metadata metadata;
  private final DeviceTokens tokens;
  private final Newcomer newcomer;
  private final Map<Secret, Future<Optional<KnownDevice>>> byToken = Recent.map(REMEMBERED);
  private final Map<Secret, Instant> ending = Recent.map(REMEMBERED);
  private final Map<DeviceId, Future<Optional<KnownDevice>>> byId = Recent.map(REMEMBERED);
  private final Clock clock;
  private final Map<Secret, Instant> strangers = Recent.map(STRANGERS);

  /** What has to be done for a device before its first message is looked at. */
  @FunctionalInterface
  interface Newcomer {
    /** Always succeeds. */
    Future<Void> prepare(KnownDevice device, SealedToken token);
  }

  DeviceDirectory(Metadata metadata, TokenVault vault, Newcomer newcomer, Clock clock) {
    this.metadata = metadata;
    this.tokens = new DeviceTokens(metadata.devices(), metadata.deviceTokenEnds(), vault, clock);
    this.newcomer = newcomer;
    this.clock = clock;
  }

  /** Empty when nobody has this token. */
  Future<Optional<KnownDevice>> byToken(Secret token) {
    forgetIfOver(token);
    Future<Optional<KnownDevice>> known = byToken.get(token);
    if (known != null) return known;
    if (token.reveal().length() > LONGEST_TOKEN || isStranger(token)) return nobody();
    Future<Optional<KnownDevice>> asked = tokens.find(token).compose(found -> known(token, found));
    byToken.put(token, asked);
    return asked
        .onFailure(failure -> byToken.remove(token, asked))
        .onSuccess(found -> rememberStranger(token, asked));
  }

  /** Most tokens don't end by themselves, so there is nothing to look at. */
  private void forgetIfOver(Secret token) {
    if (ending.isEmpty()) return;
    Instant end = ending.get(token);
    if (end == null || clock.instant().isBefore(end)) return;
    ending.remove(token);
    byToken.remove(token);
  }

  private Future<Optional<KnownDevice>> known(Secret token, Optional<DeviceTokens.Holder> found) {
    found.flatMap(DeviceTokens.Holder::until).ifPresent(end -> ending.put(token, end));
    return known(found.map(DeviceTokens.Holder::device));
  }

  /** Unless it was forgotten while it was asked for: then a device may have got it meanwhile. */
  private void rememberStranger(Secret token, Future<Optional<KnownDevice>> asked) {
    if (asked.result().isPresent() || !byToken.remove(token, asked)) return;
    if (strangers.put(token, clock.instant()) == null && strangers.size() < STRANGERS)
      log.info("messages for token {}, which no device has", token);
  }

  private boolean isStranger(Secret token) {
    Instant since = strangers.get(token);
    return since != null && isRecent(since, clock);
  }

  /**
   * Whether what was found then still counts, where nothing was found; also of a clock set back.
   */
  static boolean isRecent(Instant since, Clock clock) {
    Instant now = clock.instant();
    return !now.isBefore(since) && now.isBefore(since.plus(STRANGER_FOR));
  }

  /** Empty when there is no such device. */
  Future<Optional<KnownDevice>> byId(DeviceId id) {
    Future<Optional<KnownDevice>> known = byId.get(id);
    if (known != null) return known;
    return remember(
        id,
        metadata
            .devices()
            .find(id)
            .compose(device -> device.isPresent() ? load(device.get()) : nobody()));
  }

  /** Forgets the device, and every token nobody had: this may be the one it has now. */
  void forget(DeviceId id) {
    byId.remove(id);
    strangers.clear();
    byToken.values().removeIf(found -> !isKnown(found) || found.result().get().id().equals(id));
  }

  /** Forgets the devices of a user: whether they are forwarded may be another matter now. */
  void forgetOwnedBy(UserId owner) {
    for (Map<?, Future<Optional<KnownDevice>>> found : List.of(byId, byToken))
      found.values().removeIf(f -> !isKnown(f) || f.result().get().owner().equals(owner));
  }

  private static boolean isKnown(Future<Optional<KnownDevice>> found) {
    return found.succeeded() && found.result().isPresent();
  }

  /** The same object for a token and for an id, since it keeps the device's order. */
  private Future<Optional<KnownDevice>> known(Optional<Device> device) {
    if (device.isEmpty()) return nobody();
    Future<Optional<KnownDevice>> known = byId.get(device.get().id());
    return known != null ? known : remember(device.get().id(), load(device.get()));
  }

  private Future<Optional<KnownDevice>> remember(DeviceId id, Future<Optional<KnownDevice>> asked) {
    byId.put(id, asked);
    return asked.onFailure(failure -> byId.remove(id, asked));
  }

  private Future<Optional<KnownDevice>> load(Device device) {
    DeviceId id = device.id();
    Future<Map<DeviceId, List<Component>>> components = metadata.devices().components(List.of(id));
    Future<Boolean> forwarded = isForwarded(device);
    return Future.all(components, forwarded)
        .compose(
            both -> {
              KnownDevice known =
                  new KnownDevice(
                      id,
                      device.owner(),
                      components.result().getOrDefault(id, List.of()),
                      forwarded.result());
              return device
                  .token()
                  .map(token -> newcomer.prepare(known, token))
                  .orElseGet(Future::succeededFuture)
                  .map(Optional.of(known));
            });
  }

  /** With the consent of its owner, who may and does have a partner (spec 1.11). */
  private Future<Boolean> isForwarded(Device device) {
    if (!device.policy().enableForwarding()) return Future.succeededFuture(false);
    Future<Boolean> mayForward =
        metadata
            .users()
            .find(device.owner())
            .map(owner -> owner.filter(user -> user.role() != Role.CITIZEN).isPresent());
    Future<Boolean> hasPartner = metadata.forwarding().of(device.owner()).map(Optional::isPresent);
    return Future.all(mayForward, hasPartner)
        .map(both -> mayForward.result() && hasPartner.result());
  }

  private static Future<Optional<KnownDevice>> nobody() {
    return Future.succeededFuture(Optional.empty());
  }
}
