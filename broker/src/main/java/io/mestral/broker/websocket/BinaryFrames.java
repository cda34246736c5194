package io.mestral.broker.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Between frames and the stream of bytes that packets are cut from; where a frame ends means
 * nothing to a packet (MQTT-6.0.0-2). Everything written is one frame of its own.
 */
final class BinaryFrames extends ChannelDuplexHandler {
  private boolean closed;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof WebSocketFrame frame && !closed) onFrame(ctx, frame);
    else ReferenceCountUtil.release(message); // the end of the request that was upgraded, too
  }

  private void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame)
      ctx.fireChannelRead(frame.content());
    else if (frame instanceof PingWebSocketFrame && ctx.channel().isWritable())
      ctx.writeAndFlush(new PongWebSocketFrame(frame.content()));
    else if (frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame)
      frame.release(); // a client that doesn't read its pongs gets no more of them
    else if (frame instanceof CloseWebSocketFrame goodbye) close(ctx, goodbye);
    else refuse(ctx, frame);
  }

  /** Text can't be MQTT (MQTT-6.0.0-1). */
  private void refuse(ChannelHandlerContext ctx, WebSocketFrame text) {
    text.release();
    close(ctx, new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
  }

  private void close(ChannelHandlerContext ctx, CloseWebSocketFrame lastFrame) {
    closed = true;
    ctx.writeAndFlush(lastFrame).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean packet = message instanceof ByteBuf bytes && bytes.isReadable();
    ctx.write(packet ? new BinaryWebSocketFrame((ByteBuf) message) : message, promise);
  }
}
