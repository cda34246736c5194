package io.mestral.verticles.http.ops;

import io.mestral.model.access.Secret;
import io.mestral.storage.Invitation;
import io.mestral.storage.Invitations;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code /ops/v1/invitations}: codes, each good for one account while it lasts. */
public final class OpsInvitations {
  private static final int USUAL_DAYS = 14;
  private static final int MOST_DAYS = 365;

  private final Invitations invitations;
  private final TokenVault vault;
  private final Clock clock;

  /** Keeps invitations in that registry. */
  public OpsInvitations(Invitations invitations, TokenVault vault, Clock clock) {
    this.invitations = invitations;
    this.vault = vault;
    this.clock = clock;
  }

  /** Makes an invitation that lasts some {@code days}; its code is shown this once. */
  public Future<Answer> create(Exchange exchange) {
    Instant now = clock.instant();
    Instant end = now.plus(Duration.ofDays(days(exchange.params())));
    Secret code = vault.newForwardingSecret();
    Invitation draft =
        new Invitation(
            0,
            vault.hash(code),
            Administrators.only(exchange.viewer()).signedIn().id(),
            now,
            end,
            Optional.empty());
    return invitations
        .add(draft)
        .onSuccess(made -> exchange.deed().about("invitation " + made.id()))
        .map(
            made ->
                Answer.json(
                    201,
                    json ->
                        json.object(
                            () -> {
                              json.field("invitation", code.reveal());
                              write(json, made);
                            })));
  }

  /** All of them, the newest first; without their codes, which nobody knows. */
  public Future<Answer> list(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Pagination pagination = Pagination.of(exchange);
    return invitations
        .list(pagination.paging())
        .map(
            page ->
                pagination.answer(
                    page.total(),
                    json -> page.items().forEach(one -> json.object(() -> write(json, one)))));
  }

  /** Takes back one that nobody used. */
  public Future<Answer> delete(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String given = exchange.path("id");
    Problem none = Problem.recordNotFound("Invitation", "id", given);
    long id = RecordId.parse(given).orElseThrow(() -> none);
    exchange.deed().about("invitation " + id);
    return invitations
        .remove(id)
        .map(
            gone -> {
              if (!gone) throw none;
              return Answer.done();
            });
  }

  private static int days(Params params) {
    String given = params.text("days").orElse(Integer.toString(USUAL_DAYS));
    int days = given.matches("\\d{1,4}") ? Integer.parseInt(given) : 0;
    if (days >= 1 && days <= MOST_DAYS) return days;
    FieldErrors errors = new FieldErrors();
    errors.add("days", "must be a number from 1 to " + MOST_DAYS);
    throw Problem.unprocessable(errors);
  }

  private static void write(JsonWriter json, Invitation one) {
    json.field("id", one.id())
        .field("made_by", one.madeBy().value())
        .field("created_at", one.createdAt())
        .field("expires_at", one.expiresAt());
    if (one.usedBy().isPresent()) json.field("used_by", one.usedBy().get().value());
    else json.nothing("used_by");
  }
}
