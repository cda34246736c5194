package io.mestral.broker.connection;

import io.netty.buffer.Unpooled;
import java.util.function.Supplier;

/**
 * What carries packets to and fro.
 *
 * @param name for operators
 * @param entrance the handler in the pipeline that the client's bytes come to first
 * @param farewell makes what is written after the last packet, so that the carrier ends in order,
 *     too
 */
public record Carrier(String name, String entrance, Supplier<Object> farewell) {
  /** Bytes as they are. */
  static final Carrier TCP = new Carrier("tcp", MqttSocket.PACKETS, () -> Unpooled.EMPTY_BUFFER);

  /** The same over TLS, which is closed by the socket. */
  static final Carrier TLS = new Carrier("tls", MqttSocket.PACKETS, () -> Unpooled.EMPTY_BUFFER);
}
