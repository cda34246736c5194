package io.mestral.broker.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What carries packets to and fro.
 *
 * @param name for operators
 * @param unfinished how many bytes came of what it hands on only when it is whole
 * @param farewell makes what is written after the last packet, so that the carrier ends in order,
 *     too
 */
public record Carrier(
    String name, ToIntFunction<ChannelPipeline> unfinished, Supplier<Object> farewell) {
  /** Bytes as they are. */
  static final Carrier TCP = new Carrier("tcp", pipeline -> 0, () -> Unpooled.EMPTY_BUFFER);

  /** The same over TLS, which is closed by the socket. */
  static final Carrier TLS = new Carrier("tls", pipeline -> 0, () -> Unpooled.EMPTY_BUFFER);
}
