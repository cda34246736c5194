package io.mestral.verticles.http.door;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers that are made while they are sent, as fast as the client takes them. */
final class Streams {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  /** A client that takes no piece for so long has gone, or might as well. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Streams() {}

  /** Sends what is left once the head is written; never fails, as the client sees what happens. */
  static void send(RoutingContext context, StreamedAnswer answer) {
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
    answer
        .content()
        .sendTo(piece -> write(response, piece))
        .onSuccess(sent -> end(response))
        .onFailure(
            failure -> {
              if (Refusal.of(failure) == Refusal.INTERNAL)
                LOG.error("an answer broke off", failure);
              else LOG.debug("an answer broke off: {}", failure.getMessage());
              response.reset();
            });
  }

  private static Future<Void> write(HttpServerResponse response, Buffer piece) {
    return response
        .write(piece)
        .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
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
