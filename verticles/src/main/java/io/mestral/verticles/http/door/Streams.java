package io.mestral.verticles.http.door;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends answers that are made while they are sent, as fast as the client takes them. One that takes
 * them too slowly is cut off: it would hold what makes them for hours.
 */
final class Streams {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final LeastRate rate;

  Streams(LeastRate rate) {
    this.rate = rate;
  }

  /** Sends what is left once the head is written; never fails, as the client sees what happens. */
  void send(RoutingContext context, StreamedAnswer answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      answer.content().unwanted();
      return;
    }
    if (answer.length().isPresent())
      response.putHeader("Content-Length", Long.toString(answer.length().getAsLong()));
    else response.setChunked(true);
    if (PathForms.asksForHead(context)) {
      answer.content().unwanted();
      response.end();
      return;
    }
    LeastRate.Allowance time = rate.begin();
    answer
        .content()
        .sendTo(piece -> write(response, piece, time))
        .onSuccess(sent -> end(response))
        .onFailure(
            failure -> {
              if (Refusal.of(failure) == Refusal.INTERNAL)
                LOG.error("an answer broke off", failure);
              else LOG.debug("an answer broke off: {}", failure.getMessage());
              CutOff.now(context.request());
            });
  }

  private static Future<Void> write(
      HttpServerResponse response, Buffer piece, LeastRate.Allowance time) {
    long begun = System.nanoTime();
    return response
        .write(piece)
        .timeout(time.over(piece.length()).toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(written -> time.took(piece.length(), System.nanoTime() - begun))
        .recover(
            failure ->
                Future.failedFuture(
                    new RefusedException(
                        Refusal.UNAVAILABLE, "the client takes nothing more: " + failure)));
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) response.end();
  }
}
