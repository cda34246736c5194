package io.mestral.verticles.smartrequest;

import io.mestral.routing.request.Incoming;
import io.mestral.smartapi.model.message.Message;
import io.vertx.core.Future;
import java.util.Optional;

/** Takes Smart API messages from wherever they came in. */
@FunctionalInterface
public interface SmartRequests {
  /**
   * Takes a message. Succeeds with the answer to a Request, whatever came of it, and with nothing
   * where no answer is due; fails with {@code UNAVAILABLE} when nobody can take it now.
   */
  Future<Optional<Message>> take(Incoming incoming);
}
