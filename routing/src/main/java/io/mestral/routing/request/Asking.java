package io.mestral.routing.request;

import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks gateways what they answer at once or not at all; nothing of it is queued. */
public interface Asking {
  /** There is nobody to be asked. */
  Asking NOBODY =
      new Asking() {
        @Override
        public Future<Message> passOn(String gateway, Received probe) {
          throw new IllegalStateException("there are no gateways");
        }

        @Override
        public Future<Message> ask(String gateway, Request question, Duration patience) {
          throw new IllegalStateException("there are no gateways");
        }

        @Override
        public boolean heard(String gateway, Message message) {
          return false;
        }
      };

  /**
   * Asks a gateway whether it is alive, or somebody behind it (Smart API, section 2.17). Succeeds
   * with what it answers. Fails with UnreachableError when it isn't there, TimeoutError when it is
   * silent.
   *
   * @param probe as it came
   */
  Future<Message> passOn(String gateway, Received probe);

  /** The same with a question of this node's own, which has an IRI. */
  Future<Message> ask(String gateway, Request question, Duration patience);

  /** What a gateway says; whether that is an answer to what it was asked so. */
  boolean heard(String gateway, Message message);
}
