package io.mestral.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The only place that touches what Vert.x calls internal: the channel below a socket, and the bytes
 * below a buffer. A new version of Vert.x can break this class and no other.
 */
public final class NettySeam {
  /** The name of Vert.x's own handler at the end of the pipeline. */
  public static final String LAST_HANDLER = "handler";

  /** The name of Vert.x's handler that makes requests of bytes; it goes when HTTP ends. */
  public static final String HTTP_DECODER = "httpDecoder";

  private NettySeam() {}

  /** The end of the socket's pipeline; handlers of ours go before {@link #LAST_HANDLER}. */
  public static ChannelHandlerContext channel(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }

  /** The end of the pipeline of an HTTP/1 connection. */
  public static ChannelHandlerContext channel(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channelHandlerContext();
  }

  /** Hands what our decoder makes to the handler, on the socket's context. */
  public static void onMessage(NetSocket socket, Handler<Object> handler) {
    ((NetSocketInternal) socket).messageHandler(handler);
  }

  /** Copies bytes out of the network's buffer into one that lives as long as anybody holds it. */
  static Buffer copy(ByteBuf in, int length) {
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** The bytes of a buffer, not copied. */
  static ByteBuf bytes(Buffer buffer) {
    return ((BufferInternal) buffer).getByteBuf();
  }
}
