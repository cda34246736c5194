package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.platform.Gateway;
import io.mestral.storage.Departures;
import io.mestral.storage.GatewayRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/**
 * {@code DELETE /v0/me} and {@code DELETE /v0/users/:id} (spec 2.8): whoever leaves is gone at
 * once, with all devices; {@code readings} says whether what those measured is destroyed with them,
 * {@code delete}, or kept without any link to a person, {@code keep}.
 */
public final class DepartureResource {
  private final Departures departures;
  private final DeviceChanges devices;
  private final GatewayRegistry gateways;
  private final AccountChanges changes;
  private final Clock clock;

  /**
   * @param changes hears of who loses rights: the user, and their gateways
   */
  public DepartureResource(
      Departures departures,
      GatewayRegistry gateways,
      DeviceChanges devices,
      AccountChanges changes,
      Clock clock) {
    this.departures = departures;
    this.gateways = gateways;
    this.devices = devices;
    this.changes = changes;
    this.clock = clock;
  }

  /** The caller leaves. */
  public Future<Answer> me(Exchange exchange) {
    return leave(exchange.viewer().signedIn().id(), exchange);
  }

  /** The same, by the caller's own number; nobody sends others away. */
  public Future<Answer> user(Exchange exchange) {
    UserId user =
        RecordId.parse(exchange.path("id"))
            .map(UserId::new)
            .filter(exchange.viewer()::is)
            .orElseThrow(Problem::forbidden);
    return leave(user, exchange);
  }

  private Future<Answer> leave(UserId user, Exchange exchange) {
    boolean withReadings = withReadings(exchange);
    exchange.deed().about("user " + user, user);
    return gateways
        .ownedBy(user)
        .compose(
            owned ->
                departures
                    .archive(user, withReadings, clock.instant())
                    .onSuccess(gone -> gone.forEach(devices::tokenLost))
                    .onComplete(done -> tell(user, owned)))
        .map(gone -> Answer.done());
  }

  /** It may be kept although its answer got lost. */
  private void tell(UserId user, List<Gateway> owned) {
    changes.user().accept(user);
    owned.forEach(changes.gateway());
  }

  private static boolean withReadings(Exchange exchange) {
    String wish = exchange.params().text("readings").orElse("keep");
    if (wish.equals("delete")) return true;
    if (wish.equals("keep")) return false;
    FieldErrors errors = new FieldErrors();
    errors.add("readings", FieldErrors.NOT_LISTED);
    throw Problem.unprocessable(errors);
  }
}
