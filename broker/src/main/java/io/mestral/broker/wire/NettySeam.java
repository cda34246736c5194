package io.mestral.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
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

  private static final String CHUNKS = "chunkedWriter"; // stands there over TLS, for files

  private NettySeam() {}

  /**
   * Takes a socket over from Vert.x: the handler stands at the end of the pipeline in place of
   * Vert.x's own, and nothing is left of the socket but its channel. What Vert.x keeps for each
   * socket, so that any thread may write to it, is most of what an idle connection would weigh.
   * Must be called on the socket's event loop, before anything was read.
   */
  public static ChannelHandlerContext takeOver(NetSocket socket, ChannelHandler last) {
    ChannelPipeline pipeline = channel(socket).pipeline();
    pipeline.replace(LAST_HANDLER, "mqtt", last);
    if (pipeline.get(CHUNKS) != null) pipeline.remove(CHUNKS);
    return pipeline.context(last);
  }

  /**
   * What runs from here to {@link #leave}, runs on this context, whose event loop this must be.
   *
   * @return the context before, to be given to {@link #leave}
   */
  public static Context enter(Context context) {
    return ((ContextInternal) context).beginDispatch();
  }

  /** The end of what {@link #enter} began. */
  public static void leave(Context context, Context before) {
    ((ContextInternal) context).endDispatch((ContextInternal) before);
  }

  /** The end of the pipeline of a socket that was not taken over. */
  public static ChannelHandlerContext channel(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }

  /** The end of the pipeline of an HTTP/1 connection. */
  public static ChannelHandlerContext channel(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channelHandlerContext();
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
