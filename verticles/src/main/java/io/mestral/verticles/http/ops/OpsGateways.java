package io.mestral.verticles.http.ops;

import io.mestral.model.GatewayId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.EdgeCode;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.User;
import io.mestral.routing.request.presence.Presence;
import io.mestral.storage.Conflict;
import io.mestral.storage.GatewayRegistry;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code /ops/v1/gateways}: who may connect as a gateway, and by what token. */
public final class OpsGateways {
  private static final int MOST = 10_000;

  private final GatewayRegistry gateways;
  private final UserRegistry users;
  private final TokenVault vault;
  private final Presence presence;
  private final String node;
  private final Supplier<String> base;
  private final Consumer<Gateway> ended;
  private final Clock clock;

  /**
   * @param node what this node is called in topics, which no gateway may be
   * @param base of the IRIs of edges, without a slash at the end
   * @param ended hears of gateways whose token is no good any more
   */
  public OpsGateways(
      Accounts accounts, String node, Supplier<String> base, Consumer<Gateway> ended, Clock clock) {
    this.gateways = accounts.gateways();
    this.users = accounts.users();
    this.vault = accounts.vault();
    this.presence = accounts.presence();
    this.node = node;
    this.base = base;
    this.ended = ended;
    this.clock = clock;
  }

  /** Where gateways, their owners and their tokens are known, and who was heard. */
  public record Accounts(
      GatewayRegistry gateways, UserRegistry users, TokenVault vault, Presence presence) {}

  /** All of them, without their tokens, which nobody knows. */
  public Future<Answer> list(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return gateways
        .page(0, MOST)
        .map(
            found ->
                Answer.ok(
                    json ->
                        json.array(
                            () -> found.forEach(one -> json.object(() -> write(json, one))))));
  }

  /** Makes one that is an edge; the answer holds a code that it joins with. */
  public Future<Answer> createEdge(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    String name = params.text("name").orElse("");
    String url = params.text("url").orElse("");
    String own = base.get() + "/edges/" + name;
    String iri = own + "/id/node";
    FieldErrors errors = new FieldErrors();
    if (!EdgeCode.URL.matcher(url).matches())
      errors.add("url", "must be mqtt:// or mqtts://, a host, and a port unless it is the usual");
    errors.throwIfAny();
    check(name, iri);
    Secret secret = vault.newApiToken();
    return added(exchange, name, iri, secret)
        .recover( // the IRI follows from the name
            failure ->
                Future.failedFuture(failure instanceof Conflict ? new Conflict("name") : failure))
        .map(made -> shown(made, new EdgeCode(url, name, secret.reveal(), own)));
  }

  private Answer shown(Gateway edge, EdgeCode code) {
    return Answer.json(
        201,
        json ->
            json.object(
                () -> {
                  write(json, edge);
                  json.field("code", code.text());
                }));
  }

  /** Makes one; the answer holds its token. */
  public Future<Answer> create(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    String name = params.text("name").orElse("");
    String iri = params.text("iri").orElse("");
    check(name, iri);
    Secret token = vault.newApiToken();
    return added(exchange, name, iri, token).map(made -> shown(201, made, token));
  }

  private Future<Gateway> added(Exchange exchange, String name, String iri, Secret token) {
    Instant now = clock.instant();
    return owner(exchange.params().text("owner"), exchange.viewer())
        .compose(
            owner ->
                gateways.add(
                    new Gateway(new GatewayId(0), name, iri, owner.id(), now, now),
                    vault.hash(token)))
        .onSuccess(made -> exchange.deed().about("gateway " + made.name(), made.owner()));
  }

  /** Gives one another token; the former one is no good at once. */
  public Future<Answer> replaceToken(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Secret token = vault.newApiToken();
    return named(exchange.path("name"))
        .compose(
            one ->
                gateways
                    .replaceToken(one.id(), vault.hash(token), clock.instant())
                    .onComplete(done -> ended.accept(one)) // kept or not if its answer got lost
                    .onSuccess(done -> exchange.deed().about("gateway " + one.name(), one.owner()))
                    .map(done -> shown(201, one, token)));
  }

  /** Takes one away. */
  public Future<Answer> delete(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return named(exchange.path("name"))
        .compose(
            one ->
                gateways
                    .remove(one.id())
                    .onComplete(done -> ended.accept(one))
                    .onSuccess(done -> exchange.deed().about("gateway " + one.name(), one.owner())))
        .map(done -> Answer.done());
  }

  private void check(String name, String iri) {
    FieldErrors errors = new FieldErrors();
    if (!Gateway.NAME.matcher(name).matches())
      errors.add("name", "must be 1 to 64 of letters, digits, and . _ ~ -");
    if (name.equals(node)) errors.add("name", "is what this node itself is called in topics");
    if (iri.length() > Gateway.MAX_IRI || !Gateway.IRI.matcher(iri).matches())
      errors.add("iri", "must be an absolute IRI of at most " + Gateway.MAX_IRI + " characters");
    errors.throwIfAny();
  }

  private Future<User> owner(Optional<String> name, Viewer viewer) {
    return name.map(users::findByNameOrEmail)
        .orElseGet(() -> users.find(viewer.signedIn().id()))
        .map(
            found ->
                found.orElseThrow(
                    () -> Problem.recordNotFound("User", "username", name.orElse("caller"))));
  }

  private Future<Gateway> named(String name) {
    return gateways
        .find(name)
        .map(found -> found.orElseThrow(() -> Problem.recordNotFound("Gateway", "name", name)));
  }

  private Answer shown(int status, Gateway gateway, Secret token) {
    return Answer.json(
        status,
        json ->
            json.object(
                () -> {
                  write(json, gateway);
                  json.field("username", "gateway:" + gateway.name())
                      .field("token", token.reveal());
                }));
  }

  private void write(JsonWriter json, Gateway gateway) {
    json.field("id", gateway.id().value())
        .field("name", gateway.name())
        .field("iri", gateway.iri())
        .field("owner_id", gateway.owner().value())
        .field("presence", presence.of(gateway.name()).name().toLowerCase(Locale.ROOT));
    presence.heardAt(gateway.name()).ifPresent(at -> json.field("heard_at", at));
  }
}
