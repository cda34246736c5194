package io.mestral.verticles.http.ops;

import io.mestral.routing.request.trail.Hop;
import io.mestral.routing.request.trail.Trails;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /ops/v1/requests/:id}: where a Smart API request is, and where it was. */
public final class OpsRequests {
  private final Trails trails;

  /** What is known of requests. */
  public OpsRequests(Trails trails) {
    this.trails = trails;
  }

  /** All steps of a request, by its IRI or by the number that its sender was told. */
  public Future<Answer> show(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    Iri name =
        id.matches("[1-9]\\d{0,18}")
            ? number(id).flatMap(trails::numbered).orElseThrow(() -> unknown(id))
            : new Iri(id);
    List<Hop> hops = trails.of(name);
    if (hops.isEmpty()) throw unknown(id);
    return Future.succeededFuture(
        Answer.ok(
            json ->
                json.object(
                    () -> {
                      json.field("id", name.value());
                      json.array("hops", () -> hops.forEach(hop -> write(json, hop)));
                    })));
  }

  private static void write(JsonWriter json, Hop hop) {
    json.object(
        () -> {
          json.field("at", hop.at().truncatedTo(ChronoUnit.MILLIS).toString());
          json.field("node", hop.node());
          json.field("what", word(hop));
          json.field("with", hop.with());
        });
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  private static String word(Hop hop) {
    return hop.what().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Problem unknown(String id) {
    return Problem.recordNotFound("Request", "id", id);
  }
}
