package io.mestral.verticles.http.exchange;

import io.vertx.core.MultiMap;

/** How a refusal is worded to clients that don't read the platform's JSON. */
@FunctionalInterface
public interface Wording {
  /**
   * The same answer in other words.
   *
   * @param asked the headers of the request
   * @param refusal status, headers and the platform's own body
   * @param message what was wrong
   */
  Answer of(MultiMap asked, Answer refusal, String message);
}
