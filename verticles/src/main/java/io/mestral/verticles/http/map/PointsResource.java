package io.mestral.verticles.http.map;

import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.catalogue.Catalogue;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.KnownTags;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;

/** {@code GET /v0/map/points}: one measure of all devices, in columns. */
public final class PointsResource {
  private final CatalogueCache catalogue;

  /** Knows the measures of that catalogue. */
  public PointsResource(CatalogueCache catalogue) {
    this.catalogue = catalogue;
  }

  /** The newest value of a measure, or the mean of the last ones, wherever a device stands. */
  public Future<Answer> list(Exchange exchange) {
    Params params = exchange.params();
    params.require("measure");
    Mean mean =
        params
            .text("mean")
            .map(label -> Mean.find(label).orElseThrow(PointsResource::unknownMean))
            .orElse(Mean.NONE);
    String asked = params.text("measure").orElseThrow();
    boolean gzip = exchange.takesGzip();
    return catalogue
        .now()
        .compose(
            all ->
                LocalBus.of(exchange.vertx())
                    .ask(
                        Addresses.MAP,
                        new PointsQuestion(
                            measure(asked, all),
                            mean,
                            exchange.viewer().visibility(),
                            gzip,
                            KnownTags.of(exchange.headers("If-None-Match"))),
                        MapAnswer.class))
        .map(answer -> answer.shown(gzip));
  }

  private static Measure measure(String asked, Catalogue all) {
    return Measure.find(asked, all)
        .orElseThrow(
            () -> Problem.short400("The measure parameter must be one of " + Measure.allowed(all)));
  }

  private static Problem unknownMean() {
    return Problem.short400("The mean parameter must be one of 1h, 1d");
  }
}
