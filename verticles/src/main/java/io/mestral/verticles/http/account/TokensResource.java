package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.storage.ApiToken;
import io.mestral.storage.Metadata;
import io.mestral.storage.NamedToken;
import io.mestral.verticles.auth.ApiTokens;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Lifetime;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The tokens that speak for the caller: the private one, and those made for one purpose each. */
public final class TokensResource {
  private final Metadata metadata;
  private final Accounts accounts;
  private final TokenVault vault;
  private final Consumer<String> ended;
  private final Clock clock;

  /**
   * @param ended hears what nobody may stand on any more
   */
  public TokensResource(
      Metadata metadata, Accounts accounts, TokenVault vault, Consumer<String> ended, Clock clock) {
    this.metadata = metadata;
    this.accounts = accounts;
    this.vault = vault;
    this.ended = ended;
    this.clock = clock;
  }

  /** {@code GET /v0/me/token}: when the private token was made, used, and ends. */
  public Future<Answer> show(Exchange exchange) {
    UserId caller = caller(exchange);
    return metadata
        .tokens()
        .privateTokenOf(caller)
        .compose(
            found -> {
              ApiToken token =
                  found.orElseThrow(
                      () -> Problem.recordNotFound("Token", "user_id", caller.toString()));
              String hash = token.token().hash();
              return metadata
                  .tokenUses()
                  .lastUses(List.of(hash))
                  .map(
                      uses ->
                          Answer.ok(
                              json ->
                                  json.object(
                                      () ->
                                          times(
                                              json,
                                              token.createdAt(),
                                              token.expiresAt(),
                                              Optional.ofNullable(uses.get(hash))))));
            });
  }

  /** {@code POST /v0/me/token}: another private token; the former one is no good from then on. */
  public Future<Answer> renew(Exchange exchange) {
    UserId caller = caller(exchange);
    Optional<Instant> end = Lifetime.end(exchange.params(), "expires_in", clock.instant());
    return accounts
        .renewPrivateToken(caller, end, ended)
        .map(
            token ->
                secretly(
                    Answer.ok(
                        json ->
                            json.object(
                                () -> {
                                  json.field("access_token", token.reveal());
                                  time(json, "expires_at", end);
                                }))));
  }

  /** {@code GET /v0/me/tokens}: those made for one purpose each, without the tokens. */
  public Future<Answer> list(Exchange exchange) {
    return metadata
        .namedTokens()
        .ofUser(caller(exchange))
        .compose(
            tokens ->
                metadata
                    .tokenUses()
                    .lastUses(tokens.stream().map(NamedToken::hash).toList())
                    .map(
                        uses ->
                            Answer.ok(
                                json ->
                                    json.array(
                                        () -> tokens.forEach(one -> write(json, one, uses))))));
  }

  /** {@code POST /v0/me/tokens}: makes one; this is the only time it is shown. */
  public Future<Answer> create(Exchange exchange) {
    UserId caller = caller(exchange);
    Params params = exchange.params();
    Secret token = vault.newApiToken();
    NamedToken draft = draft(caller, params, vault.hash(token));
    return metadata
        .namedTokens()
        .add(draft)
        .map(
            made ->
                secretly(
                    Answer.json(
                        201,
                        json ->
                            json.object(
                                () -> {
                                  members(json, made, Map.of());
                                  json.field("token", token.reveal());
                                }))));
  }

  /** {@code DELETE /v0/me/tokens/:id}: takes one back. */
  public Future<Answer> delete(Exchange exchange) {
    UserId caller = caller(exchange);
    String given = exchange.path("id");
    long id = RecordId.parse(given).orElseThrow(() -> notFound(given));
    return metadata
        .namedTokens()
        .remove(caller, id)
        .compose(
            removed -> {
              String hash = removed.orElseThrow(() -> notFound(given)).hash();
              ended.accept(ApiTokens.standing(hash));
              return metadata.tokenUses().forget(hash);
            })
        .map(done -> Answer.done());
  }

  /** {@code DELETE /v0/sessions}: signs out of this browser. */
  public Future<Answer> signOut(Exchange exchange) {
    caller(exchange);
    boolean secure = exchange.address().startsWith("https:");
    return exchange
        .session()
        .map(session -> metadata.tokens().remove(vault.hash(session)))
        .orElseGet(Future::succeededFuture)
        .map(done -> Answer.done().with("Set-Cookie", SessionCookie.gone(secure)));
  }

  private NamedToken draft(UserId caller, Params params, String hash) {
    FieldErrors errors = new FieldErrors();
    String name = params.text("name").map(String::strip).orElse("");
    if (name.isEmpty()) errors.add("name", FieldErrors.BLANK);
    errors.checkLength("name", Optional.of(name), FieldErrors.LONGEST_NAME);
    List<String> words =
        Arrays.stream(params.text("scopes").orElse("").strip().split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.isEmpty()) errors.add("scopes", FieldErrors.BLANK);
    else if (words.stream().anyMatch(word -> Scope.named(word).isEmpty()))
      errors.add("scopes", FieldErrors.NOT_LISTED);
    errors.throwIfAny();
    Set<Scope> scopes = Scope.known(String.join(" ", words));
    Instant now = clock.instant();
    return new NamedToken(
        0, hash, caller, name, scopes, now, Lifetime.end(params, "expires_in", now));
  }

  private static void write(JsonWriter json, NamedToken token, Map<String, Instant> uses) {
    json.object(() -> members(json, token, uses));
  }

  private static void members(JsonWriter json, NamedToken token, Map<String, Instant> uses) {
    json.field("id", token.id())
        .field("name", token.name())
        .field("scopes", Scope.text(token.scopes()));
    times(json, token.createdAt(), token.expiresAt(), Optional.ofNullable(uses.get(token.hash())));
  }

  private static void times(
      JsonWriter json, Instant made, Optional<Instant> end, Optional<Instant> used) {
    json.field("created_at", made);
    time(json, "expires_at", end);
    time(json, "last_used_at", used);
  }

  private static void time(JsonWriter json, String name, Optional<Instant> time) {
    if (time.isPresent()) json.field(name, time.get());
    else json.nothing(name);
  }

  private static Answer secretly(Answer answer) {
    return answer.with("Cache-Control", "no-store");
  }

  private static UserId caller(Exchange exchange) {
    return exchange.viewer().signedIn().id();
  }

  private static Problem notFound(String given) {
    return Problem.recordNotFound("Token", "id", given);
  }
}
