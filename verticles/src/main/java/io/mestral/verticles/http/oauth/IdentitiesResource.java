package io.mestral.verticles.http.oauth;

import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.storage.ExternalIdentities;
import io.mestral.storage.ExternalIdentities.Identity;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.http.account.AccountChanges;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.util.List;

/**
 * {@code /v0/me/identities}: by what another OpenID provider knows the caller. Who links one shows
 * the provider's token, and is signed in here: both accounts are theirs, whatever addresses they
 * have.
 */
public final class IdentitiesResource {
  private static final String TOKEN = "token";
  private static final String ISSUER = "issuer";
  private static final String SUBJECT = "subject";

  private final ExternalIdentities identities;
  private final TokenVerifier verifier;
  private final AccountChanges changes;

  /**
   * @param changes hears of users whom somebody from elsewhere is no more
   */
  public IdentitiesResource(
      ExternalIdentities identities, TokenVerifier verifier, AccountChanges changes) {
    this.identities = identities;
    this.verifier = verifier;
    this.changes = changes;
  }

  /** {@code GET /v0/me/identities}. */
  public Future<Answer> list(Exchange exchange) {
    return identities
        .of(caller(exchange))
        .map(all -> Answer.ok(json -> json.array(() -> all.forEach(one -> write(json, one)))));
  }

  /** {@code POST /v0/me/identities}: from now on that provider's user is the caller. */
  public Future<Answer> create(Exchange exchange) {
    UserId caller = caller(exchange);
    Secret token = Secret.of(required(exchange.params(), TOKEN));
    return verifier
        .identity(token)
        .compose(
            found -> {
              Identity identity = found.orElseThrow(IdentitiesResource::noGoodToken);
              exchange.deed().about("identity", caller);
              return identities.link(identity, caller).map(identity);
            })
        .map(identity -> Answer.json(201, json -> write(json, identity)));
  }

  /** {@code DELETE /v0/me/identities}: from now on that provider's user is nobody here. */
  public Future<Answer> delete(Exchange exchange) {
    UserId caller = caller(exchange);
    Params params = exchange.params();
    Identity identity = new Identity(required(params, ISSUER), required(params, SUBJECT));
    exchange.deed().about("identity", caller);
    return identities
        .unlink(identity, caller)
        .map(
            done -> {
              if (!done) throw Problem.recordNotFound("Identity", SUBJECT, identity.subject());
              changes.user().accept(caller);
              return Answer.done();
            });
  }

  private static String required(Params params, String name) {
    return params.text(name).orElseThrow(() -> Problem.parameterMissing(List.of(name)));
  }

  private static Problem noGoodToken() {
    FieldErrors errors = new FieldErrors();
    errors.add(TOKEN, FieldErrors.INVALID);
    return Problem.unprocessable(errors);
  }

  private static void write(JsonWriter json, Identity identity) {
    json.object(() -> json.field(ISSUER, identity.issuer()).field(SUBJECT, identity.subject()));
  }

  private static UserId caller(Exchange exchange) {
    return exchange.viewer().signedIn().id();
  }
}
