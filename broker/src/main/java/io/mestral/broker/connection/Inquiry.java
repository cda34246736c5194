package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet.Auth;
import io.mestral.broker.wire.PropertyBlock;
import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.AuthenticationExchange.Step;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** An enhanced authentication that is under way: one question after the other (MQTT 5, 4.12). */
final class Inquiry {
  private final String method;
  private final AuthenticationExchange exchange;

  Inquiry(String method, AuthenticationExchange exchange) {
    this.method = method;
    this.exchange = exchange;
  }

  /** Takes what the client says; completes on any thread, or never: who waits limits the time. */
  Future<Step> next(Optional<Buffer> data) {
    return Future.succeededFuture(data.orElseGet(Buffer::buffer)).compose(exchange::next);
  }

  /** Whether the packet keeps to the method (MQTT-4.12.0-5, 4.12.1-1). */
  boolean fits(Auth packet) {
    return packet.method().filter(method::equals).isPresent();
  }

  /** What AUTH says beside its code. */
  PropertyBlock properties(Buffer data) {
    return Frames.block().authentication(method, data);
  }
}
