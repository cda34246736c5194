package io.mestral.model.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * One enhanced authentication of one client (MQTT 5, 4.12): question and answer until it is clear.
 */
public interface AuthenticationExchange {
  /**
   * Takes what the client says. Succeeds with what it is to be answered; fails with {@code
   * BAD_CREDENTIALS} when that doesn't hold, {@code MALFORMED} when it is no such message, and
   * {@code UNAVAILABLE} when it can't be found out now. Not called again after {@link Done} or a
   * failure.
   *
   * @param data empty when the client sent none
   */
  Future<Step> next(Buffer data);

  /** What comes next. */
  sealed interface Step {}

  /** The client has to answer this. */
  record Challenge(Buffer data) implements Step {}

  /** The client is who it says; this proves to it that the server knows it, too. */
  record Done(Login login, Buffer data) implements Step {
    /** Who the client is. */
    public Principal principal() {
      return login.principal();
    }
  }
}
