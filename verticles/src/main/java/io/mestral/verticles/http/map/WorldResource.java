package io.mestral.verticles.http.map;

import io.mestral.storage.Visibility;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.KnownTags;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code /v0/devices/world_map} and {@code fresh_world_map} (spec 2.5). */
public final class WorldResource {
  /** What everybody sees, whoever asks; at most a second old. */
  public Future<Answer> map(Exchange exchange) {
    return ask(exchange, Optional.empty());
  }

  /** What the asker sees, as it is now. */
  public Future<Answer> freshMap(Exchange exchange) {
    return ask(exchange, Optional.of(exchange.viewer().visibility()));
  }

  private static Future<Answer> ask(Exchange exchange, Optional<Visibility> viewer) {
    boolean gzip = exchange.takesGzip();
    KnownTags known = KnownTags.of(exchange.headers("If-None-Match"));
    return LocalBus.of(exchange.vertx())
        .ask(Addresses.MAP, new WorldQuestion(viewer, gzip, known), MapAnswer.class)
        .map(answer -> answer.shown(gzip));
  }
}
