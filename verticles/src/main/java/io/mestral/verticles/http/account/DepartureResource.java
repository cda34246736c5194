package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.storage.Departures;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * {@code DELETE /v0/me} and {@code DELETE /v0/users/:id} (spec 2.8): whoever leaves is gone at
 * once, with all devices; {@code readings} says whether what those measured is destroyed with them,
 * {@code delete}, or kept without any link to a person, {@code keep}.
 */
public final class DepartureResource {
  private final Departures departures;
  private final DeviceChanges devices;
  private final Consumer<UserId> userChanged;
  private final Clock clock;

  /**
   * @param userChanged hears of users who lose their rights
   */
  public DepartureResource(
      Departures departures, DeviceChanges devices, Consumer<UserId> userChanged, Clock clock) {
    this.departures = departures;
    this.devices = devices;
    this.userChanged = userChanged;
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
    return departures
        .archive(user, withReadings, clock.instant())
        .onSuccess(gone -> gone.forEach(devices::tokenLost))
        .onComplete(done -> userChanged.accept(user)) // it may be kept although its answer got lost
        .map(gone -> Answer.done());
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
