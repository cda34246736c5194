package io.mestral.verticles.http.oauth;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.GrantRegistry;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.Steps;
import io.mestral.verticles.auth.oauth.Revocations;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /v0/me/authorizations}: which applications the caller let in, and out again. */
public final class AuthorizationsResource {
  private final GrantRegistry grants;
  private final ApplicationRegistry applications;
  private final Revocations revocations;
  private final Clock clock;

  /** Of the grants there. */
  public AuthorizationsResource(
      GrantRegistry grants,
      ApplicationRegistry applications,
      Revocations revocations,
      Clock clock) {
    this.grants = grants;
    this.applications = applications;
    this.revocations = revocations;
    this.clock = clock;
  }

  /** Those that still count, the newest first. */
  public Future<Answer> list(Exchange exchange) {
    Instant now = clock.instant();
    return grants
        .ofUser(caller(exchange))
        .map(all -> all.stream().filter(grant -> now.isBefore(grant.expiresAt())).toList())
        .compose(
            living -> named(living).map(names -> Answer.ok(json -> write(json, living, names))));
  }

  /** Ends one: all tokens that came of it are no good from now on. */
  public Future<Answer> delete(Exchange exchange) {
    UserId caller = caller(exchange);
    String given = exchange.path("id");
    return id(given)
        .map(grants::find)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .compose(
            found -> {
              OAuthGrant grant =
                  found
                      .filter(one -> one.user().equals(caller))
                      .orElseThrow(() -> Problem.recordNotFound("Authorization", "id", given));
              exchange.deed().about("application " + grant.application(), caller);
              return revocations.grant(grant.id());
            })
        .map(done -> Answer.done());
  }

  private static Optional<UUID> id(String given) {
    try {
      return Optional.of(UUID.fromString(given));
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }

  private Future<Map<Long, OAuthApplication>> named(List<OAuthGrant> living) {
    Map<Long, OAuthApplication> names = new HashMap<>();
    return Steps.forEach(
            living.stream().map(OAuthGrant::application).distinct().toList(),
            id ->
                applications
                    .find(id)
                    .onSuccess(found -> found.ifPresent(one -> names.put(id, one))))
        .map(names);
  }

  /** What was granted to an application that is gone by now is gone, too. */
  private static void write(
      JsonWriter json, List<OAuthGrant> living, Map<Long, OAuthApplication> names) {
    json.array(
        () -> {
          for (OAuthGrant grant : living)
            if (names.containsKey(grant.application()))
              write(json, grant, names.get(grant.application()));
        });
  }

  private static void write(JsonWriter json, OAuthGrant grant, OAuthApplication application) {
    json.object(
        () ->
            json.field("id", grant.id().toString())
                .object(
                    "application",
                    () -> json.field("uid", application.uid()).field("name", application.name()))
                .field("scopes", Scope.text(grant.scopes()))
                .field("created_at", grant.createdAt())
                .field("expires_at", grant.expiresAt()));
  }

  private static UserId caller(Exchange exchange) {
    return exchange.viewer().signedIn().id();
  }
}
