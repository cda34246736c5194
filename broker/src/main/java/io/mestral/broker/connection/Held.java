package io.mestral.broker.connection;

import io.mestral.broker.wire.NettySeam;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that isn't read until it is its turn. It stands before the end of the pipeline and keeps
 * what comes all the same: what TLS, or the header of a proxy, shared a read with.
 */
final class Held extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Held.class);
  private static final int ONE_READ = 1 << 16; // bytes at most

  private final ChannelHandlerContext last;
  private final Consumer<Held> turn;
  private final Consumer<Held> gone;
  private final Future<?> timer;
  private final Queue<Object> early = new ArrayDeque<>(0);
  private int bytes;
  private boolean over;

  /**
   * Must be called on the socket's event loop, before anything was read.
   *
   * @param turn is run when the wait is over: it takes the socket over
   * @param gone is run when the socket ends before
   */
  Held(NetSocket socket, Duration wait, Consumer<Held> turn, Consumer<Held> gone) {
    this.turn = turn;
    this.gone = gone;
    this.last = NettySeam.channel(socket);
    last.channel().config().setAutoRead(false);
    last.pipeline().addBefore(last.name(), "held", this);
    this.timer = last.executor().schedule(this::letGo, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  void close() {
    last.close();
  }

  private void letGo() {
    if (over) return;
    over = true;
    turn.accept(this);
    last.channel().config().setAutoRead(true); // what is handed on now may stop it again
    last.pipeline().remove(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf content) bytes += content.readableBytes();
    if (bytes <= ONE_READ) {
      early.add(message);
      return;
    }
    ReferenceCountUtil.release(message);
    ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (early.isEmpty()) return;
    while (!early.isEmpty()) ctx.fireChannelRead(early.remove());
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    while (!early.isEmpty()) ReferenceCountUtil.release(early.remove());
    timer.cancel(false);
    if (!over) {
      over = true;
      gone.accept(this);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    LOG.debug("a socket failed before its turn: {}", failure.getMessage());
    ctx.close();
  }
}
