package io.mestral.verticles.http.exchange;

import io.vertx.core.Future;

/** What a route does: a request becomes an answer. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Succeeds with the answer. Fails, or throws, with a {@link Problem} when the asker is to be told
   * what is wrong; any other failure becomes the answer its refusal stands for.
   */
  Future<Answer> answer(Exchange exchange);
}
