package io.mestral.broker.websocket;

import io.mestral.broker.connection.Carrier;
import io.mestral.broker.connection.Newcomer;
import io.mestral.broker.connection.Reception;
import io.mestral.broker.connection.Services;
import io.mestral.broker.wire.NettySeam;
import io.mestral.model.outcome.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * Takes HTTP connections over for MQTT. Below the packets stand frames in place of requests; all
 * that is above is the same as over TCP. One for each event loop of the HTTP server.
 */
public final class WebSocketDoor {
  /** A frame may hold several packets, so that this much is taken even where packets are small. */
  private static final int SMALLEST_FRAME_BOUND = 64 << 10;

  private static final Carrier PLAIN = carrier("ws");
  private static final Carrier SECURE = carrier("wss");

  private final Reception reception;
  private final WebSocketDecoderConfig bounds;

  /** Must be made on the event loop of this context. */
  public WebSocketDoor(Services services, Context context) {
    this.reception = new Reception(services, context);
    this.bounds =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(
                Math.max(services.options().limits().maxPacket(), SMALLEST_FRAME_BOUND))
            .build();
  }

  /**
   * Succeeds when the connection is the broker's. Fails with {@code PROTOCOL_ERROR} when the
   * request asks for something else; then it has had no answer but a header for it.
   *
   * @param address of the client, which may be another than the connection's
   */
  public Future<Void> take(HttpServerRequest request, String address) {
    try {
      Upgrade.askedBy(request).answerIn(request.response().headers());
    } catch (RefusedException refused) {
      request.response().putHeader("Sec-WebSocket-Version", Upgrade.VERSION);
      return Future.failedFuture(refused);
    }
    ChannelPipeline pipeline = NettySeam.channel(request).pipeline();
    pipeline
        .addAfter(NettySeam.HTTP_DECODER, "impatient", new Impatient())
        .addBefore(NettySeam.LAST_HANDLER, "frameEncoder", new WebSocket13FrameEncoder(false))
        .addBefore(NettySeam.LAST_HANDLER, "frameDecoder", new FrameDecoder(bounds))
        .addBefore(NettySeam.LAST_HANDLER, "frames", new BinaryFrames());
    return request
        .toNetSocket()
        .map(
            socket -> {
              pipeline.remove("impatient");
              if (pipeline.get(IdleStateHandler.class) != null)
                pipeline.remove(IdleStateHandler.class); // HTTP's; MQTT has its keep-alive
              SocketAddress client =
                  SocketAddress.inetSocketAddress(request.remoteAddress().port(), address);
              reception.welcome(new Newcomer(socket, request.isSSL() ? SECURE : PLAIN, client));
              return null;
            });
  }

  /** Tells all clients that the node stops, and closes their connections. */
  public void seeOut() {
    reception.seeOut();
  }

  private static Carrier carrier(String name) {
    return new Carrier(
        name,
        pipeline -> pipeline.get(FrameDecoder.class).unfinished(),
        () -> new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
  }

  /** Hands a frame on when all of it is here. */
  private static final class FrameDecoder extends WebSocket13FrameDecoder {
    FrameDecoder(WebSocketDecoderConfig bounds) {
      super(bounds);
    }

    int unfinished() {
      return actualReadableBytes();
    }
  }

  /** Ends connections on which bytes came before the answer to the handshake (RFC 6455, 4.1). */
  private static final class Impatient extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!(message instanceof ByteBuf bytes)) {
        ctx.fireChannelRead(message);
        return;
      }
      bytes.release();
      ctx.close();
    }
  }
}
