package io.mestral.verticles.http.ops;

import io.mestral.model.platform.Gateway;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.storage.TrustedKeyRecord;
import io.mestral.storage.TrustedKeyRecord.Kind;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Lifetime;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.smartrequest.keys.NodeKeys;
import io.mestral.verticles.smartrequest.keys.OwnKey;
import io.mestral.verticles.smartrequest.keys.TrustedKeys;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /ops/v1/keys}: the node's keys for Smart API messages, and whose it believes. */
public final class OpsKeys {
  private final NodeKeys own;
  private final TrustedKeys trusted;
  private final Supplier<Iri> node;

  /**
   * @param node the node's IRI, in whose name nobody else's key counts
   */
  public OpsKeys(NodeKeys own, TrustedKeys trusted, Supplier<Iri> node) {
    this.own = own;
    this.trusted = trusted;
    this.node = node;
  }

  /** The node's own, the oldest first, then those of others. */
  public Future<Answer> list(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return Future.succeededFuture(
        Answer.ok(
            json ->
                json.array(
                    () -> {
                      own.current().forEach(key -> write(json, key));
                      trusted.all().forEach(key -> write(json, key));
                    })));
  }

  /** Believes somebody's key, or an authority by its certificate. */
  public Future<Answer> create(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    if (trusted.all().size() >= TrustedKeys.MOST)
      throw Problem.unprocessable("No more than " + TrustedKeys.MOST + " keys are kept");
    return (params.has("certificate") ? authority(params) : key(params))
        .map(
            made -> {
              TrustedKeyRecord one = made.orElseThrow(OpsKeys::taken);
              exchange.deed().about("key " + one.id());
              return Answer.json(201, json -> write(json, one));
            });
  }

  private Future<Optional<TrustedKeyRecord>> authority(Params params) {
    Authority authority = Authority.read(params.text("certificate").orElse(""));
    return trusted.add(authority.id(), authority.certificate());
  }

  private Future<Optional<TrustedKeyRecord>> key(Params params) {
    String id = params.text("id").orElse("");
    String controller = params.text("controller").orElse("");
    FieldErrors errors = new FieldErrors();
    checkIri(errors, "id", id);
    checkIri(errors, "controller", controller);
    String home = node.get().value();
    if (controller.equals(home) || id.startsWith(home + "#"))
      errors.add("controller", "is this node itself, whose keys are made by rotating them");
    Optional<Multikey> key = multikey(errors, params.text("public_key").orElse(""));
    errors.throwIfAny();
    return trusted.add(new TrustedKey(new Iri(id), new Iri(controller), key.orElseThrow()));
  }

  private static void checkIri(FieldErrors errors, String field, String iri) {
    if (iri.length() > Gateway.MAX_IRI || !Gateway.IRI.matcher(iri).matches())
      errors.add(field, "must be an absolute IRI of at most " + Gateway.MAX_IRI + " characters");
  }

  private static Optional<Multikey> multikey(FieldErrors errors, String text) {
    try {
      return Optional.of(Multikey.parse(text));
    } catch (SmartApiException wrong) {
      errors.add("public_key", "is no Multikey: " + wrong.getMessage());
      return Optional.empty();
    }
  }

  private static Problem taken() {
    FieldErrors errors = new FieldErrors();
    errors.add("id", FieldErrors.TAKEN);
    return Problem.unprocessable(errors);
  }

  /** Believes one no more. */
  public Future<Answer> delete(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    return trusted
        .remove(id)
        .map(
            removed -> {
              if (!removed) throw Problem.recordNotFound("Key", "id", id);
              exchange.deed().about("key " + id);
              return Answer.done();
            });
  }

  /** Makes the node's own keys anew. */
  public Future<Answer> rotate(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Duration overlap = Lifetime.span(exchange.params(), "overlap").orElse(NodeKeys.OVERLAP);
    if (own.current().size() >= NodeKeys.MOST)
      throw Problem.unprocessable("The node has " + NodeKeys.MOST + " keys that are still good");
    return own.rotate(overlap)
        .map(
            made -> {
              if (made.isEmpty()) throw Problem.conflict("The keys were just made anew");
              exchange.deed().about("key " + made.get(0).id().value());
              return shown(made);
            });
  }

  private static Answer shown(List<OwnKey> made) {
    return Answer.json(201, json -> json.array(() -> made.forEach(key -> write(json, key))));
  }

  private static void write(JsonWriter json, OwnKey key) {
    json.object(
        () -> {
          json.field("id", key.id().value())
              .field("kind", key.isForSigning() ? "own_signing" : "own_agreement")
              .field("public_key", key.key().multibase())
              .field("created_at", key.createdAt());
          key.endsAt().ifPresent(end -> json.field("ends_at", end));
        });
  }

  private static void write(JsonWriter json, TrustedKeyRecord one) {
    boolean isKey = one.kind() == Kind.KEY;
    json.object(
        () -> {
          json.field("id", one.id())
              .field("kind", isKey ? "trusted" : "authority")
              .field("controller", one.controller())
              .field("created_at", one.createdAt());
          if (isKey) json.field("public_key", one.material());
        });
  }
}
