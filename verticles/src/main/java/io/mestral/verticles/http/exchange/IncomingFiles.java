package io.mestral.verticles.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The files that come with a request: one after the other, and never whole in memory. */
public interface IncomingFiles {
  /**
   * Hands over all files, or the body as the one file where it is no form. Succeeds when the taker
   * has dealt with the last of them. Fails as the taker does, with a {@link Problem} when there is
   * more than the route takes, or when the client goes away or falls silent.
   */
  Future<Void> handTo(Taker taker);

  /** Takes files. Each call comes when the one before has succeeded. */
  interface Taker {
    /** A file begins; without a name the name is empty. */
    void begin(String name);

    /** Succeeds when the next bytes may come. */
    Future<Void> take(Buffer bytes);

    /** Succeeds when the file is dealt with. */
    Future<Void> end();
  }

  /** What a route that takes files does. */
  @FunctionalInterface
  interface Endpoint {
    /** As {@link io.mestral.verticles.http.exchange.Endpoint#answer}. */
    Future<Answer> answer(Exchange exchange, IncomingFiles files);
  }
}
