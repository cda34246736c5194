package io.mestral.verticles.http.ops;

import io.mestral.routing.request.trail.Hop;
import io.mestral.routing.request.whereabouts.Whereabouts;
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
  private final Whereabouts whereabouts;

  /** What is known of requests. */
  public OpsRequests(Whereabouts whereabouts) {
    this.whereabouts = whereabouts;
  }

  /**
   * All steps of a request, here and at nodes below, by its IRI or by the number that its sender
   * was told.
   */
  public Future<Answer> show(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    Iri name =
        id.matches("[1-9]\\d{0,18}")
            ? number(id).flatMap(whereabouts::numbered).orElseThrow(() -> unknown(id))
            : new Iri(id);
    return whereabouts
        .of(name, Whereabouts.PATIENCE)
        .map(
            hops -> {
              if (hops.isEmpty()) throw unknown(id);
              return shown(name, hops);
            });
  }

  private static Answer shown(Iri name, List<Hop> hops) {
    return Answer.ok(
        json ->
            json.object(
                () -> {
                  json.field("id", name.value());
                  json.array("hops", () -> hops.forEach(hop -> write(json, hop)));
                }));
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
