package io.mestral.verticles.http.onboarding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.Conflict;
import io.mestral.storage.Metadata;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.Networks;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.device.DevicesResource;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.ingestion.OrphanChanges;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code /v0/onboarding}: an app sets a kit up before it, or its owner, has an account. */
public final class OnboardingResource {
  private static final String SESSION = "OnboardingSession";
  private static final int TOKEN_ATTEMPTS = 5;

  private final OrphanRegistry orphans;
  private final UserRegistry users;
  private final DevicesResource devices;
  private final OrphanChanges changes;
  private final TokenVault vault;
  private final Clock clock;

  /** Sets kits up that become devices there. */
  public OnboardingResource(
      Metadata metadata,
      DevicesResource devices,
      OrphanChanges changes,
      TokenVault vault,
      Clock clock) {
    this.orphans = metadata.orphans();
    this.users = metadata.users();
    this.devices = devices;
    this.changes = changes;
    this.vault = vault;
    this.clock = clock;
  }

  /** Begins: a session for the app, a token for the kit. */
  public Future<Answer> create(Exchange exchange) {
    Orphan.Details details = OrphanForm.details(exchange.params(), Orphan.Details.NONE);
    return add(details, network(exchange), TOKEN_ATTEMPTS)
        .onSuccess(orphan -> changes.orphanMade())
        .map(
            orphan ->
                Answer.json(
                    201,
                    json ->
                        json.object(
                            () ->
                                json.field("onboarding_session", orphan.session().toString())
                                    .field("device_token", token(orphan)))));
  }

  /** Hashed with the node's key: the database needn't know who it was. */
  private Network network(Exchange exchange) {
    return new Network(vault.hash(Secret.of("network " + Networks.of(exchange.origin()))));
  }

  private Future<Orphan> add(Orphan.Details details, Network from, int attempts) {
    Instant now = clock.instant();
    Secret token = vault.newDeviceToken();
    return orphans
        .add(new Orphan(0, UUID.randomUUID(), vault.seal(token), details, false, now, now), from)
        .recover(
            failure ->
                failure instanceof Conflict && attempts > 1
                    ? add(details, from, attempts - 1)
                    : Future.failedFuture(failure));
  }

  /** How far it is. */
  public Future<Answer> show(Exchange exchange) {
    return orphan(exchange)
        .map(orphan -> orphan.map(this::shown).orElseGet(OnboardingResource::no));
  }

  /** Changes what the owner says of the kit. */
  public Future<Answer> update(Exchange exchange) {
    Params params = exchange.params();
    return orphan(exchange)
        .compose(
            orphan ->
                orphan.isEmpty()
                    ? Future.succeededFuture(no())
                    : orphans
                        .update(orphan.get().session(), now -> changed(now, params))
                        .map(this::shown));
  }

  private Orphan changed(Orphan now, Params params) {
    return new Orphan(
        now.id(),
        now.session(),
        now.token(),
        OrphanForm.details(params, now.details()),
        now.handshake(),
        now.createdAt(),
        clock.instant());
  }

  /** Makes the kit a device of the caller's; what it sent until now is the device's then. */
  public Future<Answer> register(Exchange exchange) {
    return orphan(exchange)
        .compose(
            orphan ->
                orphan.isEmpty() ? Future.succeededFuture(no()) : register(orphan.get(), exchange));
  }

  private Future<Answer> register(Orphan orphan, Exchange exchange) {
    exchange.viewer().signedIn();
    Params params = OrphanForm.asDevice(orphan.details(), exchange.params());
    return devices
        .register(params, exchange.viewer(), orphan.token())
        .onSuccess(device -> exchange.deed().about("device " + device.id(), device.owner()))
        .compose(device -> replayed(device, orphan))
        .compose(
            device ->
                users
                    .find(device.owner())
                    .map(
                        owner ->
                            Answer.json(
                                201,
                                json ->
                                    DeviceRow.write(
                                        json, device, owner.map(User::username), token(orphan)))));
  }

  /** Before anything that may fail; what can't be taken in now is tried again later. */
  private Future<Device> replayed(Device device, Orphan orphan) {
    return changes.registered(device, Secret.of(token(orphan))).otherwiseEmpty().map(device);
  }

  /** Whether there is an account: the address as it was written, letters' case included. */
  public Future<Answer> user(Exchange exchange) {
    Params params = exchange.params();
    params.require("email");
    String email = params.text("email").orElseThrow();
    return users
        .findByNameOrEmail(email)
        .map(found -> found.filter(user -> user.email().equals(email)))
        .map(
            user ->
                user.isPresent()
                    ? Answer.ok(
                        json -> json.object(() -> json.field("username", user.get().username())))
                    : Answer.json(
                        404, json -> json.object(() -> json.field("message", "not_found"))));
  }

  private Future<Optional<Orphan>> orphan(Exchange exchange) {
    return exchange
        .header(SESSION)
        .flatMap(OnboardingResource::session)
        .map(orphans::find)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static Optional<UUID> session(String text) {
    try {
      return Optional.of(UUID.fromString(text.strip()));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private Answer shown(Orphan orphan) {
    return Answer.ok(json -> OrphanForm.write(json, orphan, token(orphan)));
  }

  private String token(Orphan orphan) {
    return vault.open(orphan.token()).map(Secret::reveal).orElse("");
  }

  private static Answer no() {
    String body =
        JsonNodeFactory.instance.objectNode().put("error", "Invalid OnboardingSession").toString();
    return Answer.json(404, Buffer.buffer(body));
  }
}
