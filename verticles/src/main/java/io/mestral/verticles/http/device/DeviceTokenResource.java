package io.mestral.verticles.http.device;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.Conflict;
import io.mestral.storage.DeviceTokenEnd;
import io.mestral.storage.DeviceTokenEnds;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Lifetime;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code POST /v0/devices/:id/token}: another token for a device. The former one is no good from
 * then on, unless it is to go on for a while.
 */
public final class DeviceTokenResource {
  private static final int ATTEMPTS = 5;

  private final Metadata metadata;
  private final DeviceLookup lookup;
  private final DeviceChanges changes;
  private final TokenVault vault;
  private final Clock clock;

  /** Changes devices in the registry and tells of each. */
  public DeviceTokenResource(
      Metadata metadata,
      DeviceLookup lookup,
      DeviceChanges changes,
      TokenVault vault,
      Clock clock) {
    this.metadata = metadata;
    this.lookup = lookup;
    this.changes = changes;
    this.vault = vault;
    this.clock = clock;
  }

  /** {@code overlap} and {@code expires_in} in seconds. */
  public Future<Answer> rotate(Exchange exchange) {
    exchange.viewer().signedIn();
    Params params = exchange.params();
    Instant now = clock.instant();
    Optional<Duration> overlap = Lifetime.span(params, "overlap");
    Optional<Instant> end = Lifetime.end(params, "expires_in", now);
    return lookup
        .managed(exchange)
        .compose(
            device ->
                former(device, overlap.map(now::plus))
                    .compose(done -> renewed(device, ATTEMPTS))
                    .compose(made -> ending(made, end))
                    .onSuccess(made -> changes.tokenLost(made.device))
                    .onFailure(
                        failure -> {
                          if (DeviceChanges.mayBeKept(failure)) changes.tokenLost(device);
                        }))
        .map(made -> answer(made, overlap.map(now::plus), end));
  }

  private record Made(Device device, Secret token) {}

  /** First: a token that is another's by then must not be without an end for a moment. */
  private Future<Void> former(Device device, Optional<Instant> until) {
    DeviceTokenEnds ends = metadata.deviceTokenEnds();
    Optional<String> hash = device.token().map(SealedToken::hash);
    return hash.map(ends::find)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .compose(
            own ->
                ends.forget(device.id())
                    .compose(done -> ends.sweep(clock.instant()))
                    .compose(
                        done ->
                            hash.flatMap(token -> end(token, device, until, own))
                                .map(ends::set)
                                .orElseGet(Future::succeededFuture)));
  }

  /** Nothing goes on for longer than it would have by itself. */
  private static Optional<DeviceTokenEnd> end(
      String hash, Device device, Optional<Instant> until, Optional<DeviceTokenEnd> own) {
    return until
        .map(
            wanted ->
                own.map(DeviceTokenEnd::endsAt)
                    .filter(sooner -> sooner.isBefore(wanted))
                    .orElse(wanted))
        .map(at -> new DeviceTokenEnd(hash, device.id(), at));
  }

  private Future<Made> renewed(Device device, int attempts) {
    Secret token = vault.newDeviceToken();
    SealedToken sealed = vault.seal(token);
    return metadata
        .deviceTokenEnds()
        .find(sealed.hash())
        .compose(
            taken ->
                taken.isPresent()
                    ? Future.<Device>failedFuture(new Conflict("device_token"))
                    : metadata
                        .devices()
                        .update(device.id(), current -> current.withToken(sealed, clock.instant())))
        .map(changed -> new Made(changed, token))
        .recover(
            failure ->
                failure instanceof Conflict && attempts > 1
                    ? renewed(device, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private Future<Made> ending(Made made, Optional<Instant> end) {
    if (end.isEmpty()) return Future.succeededFuture(made);
    return metadata
        .deviceTokenEnds()
        .set(new DeviceTokenEnd(vault.hash(made.token), made.device.id(), end.get()))
        .map(made);
  }

  private static Answer answer(Made made, Optional<Instant> overlap, Optional<Instant> end) {
    return Answer.ok(
            json ->
                json.object(
                    () -> {
                      json.field("id", made.device.id().value())
                          .field("device_token", made.token.reveal());
                      if (overlap.isPresent()) json.field("former_until", overlap.get());
                      else json.nothing("former_until");
                      if (end.isPresent()) json.field("expires_at", end.get());
                      else json.nothing("expires_at");
                    }))
        .with("Cache-Control", "no-store");
  }
}
