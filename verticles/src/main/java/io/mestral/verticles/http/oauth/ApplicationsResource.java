package io.mestral.verticles.http.oauth;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.storage.OAuthApplication;
import io.mestral.verticles.auth.oauth.Applications;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v0/applications} (spec 2.15): the caller's own, and nobody else's. */
public final class ApplicationsResource {
  private static final String NOT_OFFERED = "doesn't match configured on the server.";
  private static final String NOT_TLS = "must be an HTTPS/SSL URI.";

  private final Applications applications;

  /** Registers and changes those. */
  public ApplicationsResource(Applications applications) {
    this.applications = applications;
  }

  /** All of the caller's. */
  public Future<Answer> list(Exchange exchange) {
    return applications
        .ownedBy(caller(exchange))
        .map(all -> Answer.ok(json -> json.array(() -> all.forEach(one -> write(json, one)))));
  }

  /** One of the caller's. */
  public Future<Answer> show(Exchange exchange) {
    return own(exchange).map(one -> answer(200, one));
  }

  /** Registers one; {@code confidential=false} for one that can't keep a secret. */
  public Future<Answer> create(Exchange exchange) {
    UserId owner = caller(exchange);
    Params params = exchange.params();
    boolean confidential = params.flag("confidential").orElse(true);
    Applications.Wanted wanted =
        wanted(params, new Applications.Wanted("", List.of(), Applications.MODEST), !confidential);
    return applications
        .register(wanted, Optional.of(owner), confidential)
        .map(one -> answer(201, one));
  }

  /** Changes one. */
  public Future<Answer> update(Exchange exchange) {
    return own(exchange)
        .compose(
            before -> {
              Applications.Wanted known =
                  new Applications.Wanted(before.name(), before.redirectUris(), before.scopes());
              return applications.change(
                  before, wanted(exchange.params(), known, !before.isConfidential()));
            })
        .map(one -> answer(200, one));
  }

  /** Forgets one; whoever it was let in for is out. */
  public Future<Answer> delete(Exchange exchange) {
    return own(exchange).compose(applications::remove).map(done -> Answer.done());
  }

  private static UserId caller(Exchange exchange) {
    return exchange.viewer().signedIn().id();
  }

  private Future<OAuthApplication> own(Exchange exchange) {
    UserId caller = caller(exchange);
    String given = exchange.path("id");
    Optional<Long> id = RecordId.parse(given);
    if (id.isEmpty()) throw notFound(given);
    return applications
        .find(id.get(), caller)
        .map(found -> found.orElseThrow(() -> notFound(given)));
  }

  private static Problem notFound(String given) {
    return Problem.recordNotFound("Application", "id", given);
  }

  private static Applications.Wanted wanted(
      Params params, Applications.Wanted before, boolean needsRedirect) {
    FieldErrors errors = new FieldErrors();
    String name = params.has("name") ? params.text("name").orElse("").strip() : before.name();
    if (name.isEmpty()) errors.add("name", FieldErrors.BLANK);
    errors.checkLength("name", Optional.of(name), FieldErrors.LONGEST_NAME);
    List<String> uris =
        params.has("redirect_uri")
            ? words(params.text("redirect_uri").orElse(""))
            : before.redirectUris();
    if (uris.isEmpty() && needsRedirect) errors.add("redirect_uri", FieldErrors.BLANK);
    if (uris.size() > Applications.MOST_REDIRECT_URIS)
      errors.add("redirect_uri", "are too many (at most " + Applications.MOST_REDIRECT_URIS + ")");
    else if (!uris.stream().allMatch(Applications::isRedirectUri))
      errors.add("redirect_uri", NOT_TLS);
    Set<Scope> scopes = before.scopes();
    List<String> asked = words(params.text("scopes").orElse(""));
    if (!asked.isEmpty()) {
      if (asked.stream().anyMatch(word -> Scope.named(word).isEmpty()))
        errors.add("scopes", NOT_OFFERED);
      scopes = Scope.known(String.join(" ", asked));
    }
    errors.throwIfAny();
    return new Applications.Wanted(name, uris, scopes);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private Answer answer(int status, OAuthApplication application) {
    return Answer.json(status, json -> write(json, application)).with("Cache-Control", "no-store");
  }

  private void write(JsonWriter json, OAuthApplication application) {
    json.object(
        () ->
            json.field("id", application.id())
                .field("name", application.name())
                .field("uid", application.uid())
                .field("secret", applications.secretOf(application).map(Secret::reveal))
                .field("redirect_uri", String.join("\n", application.redirectUris()))
                .field("scopes", Scope.text(application.scopes()))
                .field("created_at", application.createdAt())
                .field("updated_at", application.updatedAt()));
  }
}
