package io.mestral.broker.connection;

import io.mestral.broker.telemetry.Meter;
import io.mestral.broker.wire.NettySeam;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.PacketDecoder;
import io.mestral.config.ClientLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Context;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that carries packets. Flushes are consolidated: one system call takes what a turn of the
 * event loop produced, for a write per message is what costs most.
 *
 * <p>TLS and the frames of WebSocket stand before the flush handler in the pipeline, so that TLS
 * too gets what a turn produced at once, and makes few records of it.
 */
final class MqttSocket {
  /** Why nothing is read from the client for a while. */
  enum Pause {
    HANDSHAKE,
    SUBSCRIBING,
    DECIDING,
    PUBLISHING,
    /** It sends more than it may in a while. */
    RATE,
    /** It doesn't read its answers, so it is asked no more; they would pile up without end. */
    WRITING
  }

  /** Whoever has the word with the client. */
  interface Listener {
    void onPacket(Packet packet);

    /** A packet that was on its way when the connection ended. */
    void onLatePacket(Packet packet);

    void onWritable();

    void onClosed();

    /** A packet ran into something nobody foresaw; the connection can't go on. */
    void onFailure(RuntimeException unforeseen);
  }

  private static final Logger LOG = LoggerFactory.getLogger(MqttSocket.class);

  private static final int FLUSH_AT_LEAST_EVERY = 256; // writes
  private static final int WRITE_QUEUE = 1 << 20; // bytes before a reader counts as slow
  private static final WriteBufferWaterMark WRITE_QUEUE_MARKS =
      new WriteBufferWaterMark(WRITE_QUEUE / 2, WRITE_QUEUE);
  private static final int READ = 1 << 13; // bytes

  /** Who sends without end must not keep the other sockets of its event loop waiting. */
  private static final RecvByteBufAllocator ONE_READ_EACH_TURN =
      new AdaptiveRecvByteBufAllocator(64, 2048, READ).maxMessagesPerRead(1);

  private static final Set<Pause> COUNTED = EnumSet.of(Pause.PUBLISHING, Pause.RATE, Pause.WRITING);
  private static final Set<Pause> STUCK = EnumSet.of(Pause.WRITING);
  private static final int RECEIVING = 1024; // bytes of a packet that nobody just dribbles
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final long LATE = 8 << 20; // bytes; a kernel holds hardly more for a socket

  private final SocketAddress address;
  private final Carrier carrier;
  private final Context context;
  private final Meter meter;
  private final ChannelHandlerContext channel;
  private final Optional<Pace> pace;
  private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
  private final Queue<Packet> held = new ArrayDeque<>(0); // as much as one read brought
  private Listener listener;
  private long backlogBefore;
  private long heard = System.nanoTime();
  private long unfinished;
  private boolean draining;
  private boolean muted;
  private boolean finished;
  private long lateBytes;

  /**
   * Takes the socket over; must be called on its event loop, before it read anything, and {@link
   * #listen} at once after it.
   */
  MqttSocket(Newcomer newcomer, Context context, ClientLimits limits, Meter meter) {
    this.address = newcomer.address();
    this.carrier = newcomer.carrier();
    this.context = context;
    this.meter = meter;
    this.pace =
        limits.maxRate().stream().mapToObj(rate -> new Pace(rate, System::nanoTime)).findAny();
    this.channel = NettySeam.takeOver(newcomer.socket(), new Line(limits));
    channel
        .pipeline()
        .addBefore(
            channel.name(), "flush", new FlushConsolidationHandler(FLUSH_AT_LEAST_EVERY, true));
    channel
        .channel()
        .config()
        .setWriteBufferWaterMark(WRITE_QUEUE_MARKS)
        .setRecvByteBufAllocator(ONE_READ_EACH_TURN);
  }

  /** Gives the word to a listener. */
  void listen(Listener newListener) {
    listener = newListener;
  }

  /** The name in the certificate that the client showed and TLS verified. */
  Optional<String> certificateName() {
    return Optional.ofNullable(channel.pipeline().get(SslHandler.class))
        .flatMap(tls -> CommonName.shownIn(tls.engine().getSession()));
  }

  /** What is counted of this socket. */
  Meter meter() {
    return meter;
  }

  /** What carries the packets, for operators. */
  String transport() {
    return carrier.name();
  }

  /** The client's address; behind a proxy, as the proxy told it. */
  SocketAddress address() {
    return address;
  }

  ByteBufAllocator memory() {
    return channel.alloc();
  }

  boolean isWritable() {
    return channel.channel().isWritable();
  }

  /** Sends a frame with the next flush. */
  void write(ByteBuf frame) {
    if (finished || muted) {
      frame.release(); // MQTT-3.14.4-1: nothing goes out after the last packet
      return;
    }
    meter.packetOut(frame.readableBytes());
    channel.write(frame, channel.voidPromise());
    channel.flush();
    if (backlog() > WRITE_QUEUE) pause(Pause.WRITING);
  }

  /** Runs it, in a turn of its own, when all that was written so far is out or never will be. */
  void whenSent(Runnable task) {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> context.runOnContext(turn -> task.run()));
  }

  /** Has nothing written any more but the last frame. */
  void mute() {
    muted = true;
  }

  /** Stops reading for this reason too. */
  void pause(Pause reason) {
    if (!pauses.add(reason)) return;
    if (COUNTED.contains(reason)) meter.paused();
    channel.channel().config().setAutoRead(false);
  }

  /** Reads again, unless there is another reason not to. */
  void resume(Pause reason) {
    if (!pauses.remove(reason) || !pauses.isEmpty()) return;
    heard = System.nanoTime(); // it could not be heard while nobody listened
    drain();
    if (pauses.isEmpty()) channel.channel().config().setAutoRead(true);
  }

  /** Lets the listener have what came before a pause and was held; there is nobody to wait for. */
  void hearOut() {
    pauses.clear();
    while (!held.isEmpty() && !finished) dispatch(held.remove());
  }

  /**
   * How long no packet came from the client. No time at all while nobody listens to it, unless it
   * is not listened to because it doesn't read, and still takes nothing.
   */
  Duration silence() {
    long backlog = backlog();
    boolean stuck = pauses.equals(STUCK) && backlog == backlogBefore;
    backlogBefore = backlog;
    if (!pauses.isEmpty() && !stuck) return Duration.ZERO;
    return Duration.ofNanos(System.nanoTime() - heard);
  }

  /** Whether a good piece of a packet came since the last whole one. */
  boolean isReceiving() {
    return unfinished + carrier.unfinished().applyAsInt(channel.pipeline()) >= RECEIVING;
  }

  /** Bytes on their way out beyond those that are none too many. */
  private long backlog() {
    return channel.channel().bytesBeforeWritable();
  }

  /** Does something later on this connection's context; cancel it when it is not needed. */
  ScheduledFuture<?> later(Duration delay, Runnable task) {
    return channel
        .executor()
        .schedule(
            () -> context.runOnContext(turn -> task.run()),
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Sends the last frame and closes. Our half is closed first and the rest of what the client sent
   * is read for a moment: closing at once with bytes unread resets the connection, and the client
   * would never see why.
   *
   * @param hearOut whether the listener wants that rest
   */
  void finish(ByteBuf last, boolean hearOut) {
    if (finished) {
      last.release();
      return;
    }
    finished = true;
    held.clear();
    lateBytes = hearOut ? LATE : 0;
    channel.channel().config().setAutoRead(true);
    channel.write(last);
    channel.writeAndFlush(carrier.farewell().get()).addListener(sent -> closeOurHalf());
    Future<?> patience =
        channel
            .executor()
            .schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    channel.channel().closeFuture().addListener(closed -> patience.cancel(false));
  }

  private void closeOurHalf() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) shutDownOutput();
    else tls.closeOutbound().addListener(told -> shutDownOutput());
  }

  private void shutDownOutput() {
    if (channel.channel() instanceof DuplexChannel duplex) duplex.shutdownOutput();
    else channel.close();
  }

  private void onMessage(Packet packet) {
    heard = System.nanoTime();
    meter.packetIn(heard);
    unfinished = 0;
    if (finished) {
      if (lateBytes > 0) tell(() -> listener.onLatePacket(packet));
    } else if (pauses.isEmpty() && held.isEmpty()) {
      dispatch(packet);
    } else {
      held.add(packet);
    }
  }

  private void drain() {
    if (draining) return; // the one who drains goes on
    draining = true;
    while (pauses.isEmpty() && !held.isEmpty() && !finished) dispatch(held.remove());
    draining = false;
  }

  private void dispatch(Packet packet) {
    try {
      listener.onPacket(packet);
    } catch (RuntimeException unforeseen) {
      listener.onFailure(unforeseen);
    }
    if (pace.isPresent()) slowDown(pace.get().next());
  }

  /** Tells the listener something that it can't do anything about. */
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException unforeseen) {
      LOG.error("the end of a connection failed", unforeseen);
    }
  }

  private void slowDown(Duration wait) {
    if (wait.isZero() || finished) return;
    pause(Pause.RATE);
    later(wait, () -> resume(Pause.RATE));
  }

  /** The end of the pipeline: packets come, the network takes more or ends. */
  private final class Line extends PacketDecoder {
    Line(ClientLimits limits) {
      super(limits.maxPacket(), limits.topicAliasMaximum());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
      int length = ((ByteBuf) bytes).readableBytes();
      unfinished += length;
      meter.bytesIn(length);
      if (finished) lateBytes -= length;
      Context before = NettySeam.enter(context);
      try {
        super.channelRead(ctx, bytes);
      } finally {
        NettySeam.leave(context, before);
      }
    }

    @Override
    protected void onPacket(Packet packet) {
      onMessage(packet);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      Context before = NettySeam.enter(context);
      try {
        writabilityChanged();
      } finally {
        NettySeam.leave(context, before);
      }
    }

    private void writabilityChanged() {
      if (!isWritable()) {
        meter.blocked();
      } else if (!finished) {
        resume(Pause.WRITING);
        listener.onWritable();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
      Context before = NettySeam.enter(context);
      try {
        super.channelInactive(ctx); // it may hold a last packet
      } finally {
        tell(listener::onClosed);
        NettySeam.leave(context, before);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      if (isTheirs(failure)) LOG.debug("a socket failed: {}", failure.getMessage());
      else LOG.error("a connection failed", failure);
      ctx.close();
    }

    /** Networks fail, and clients send frames that are none; what else comes is a fault of ours. */
    private static boolean isTheirs(Throwable failure) {
      if (!(failure instanceof DecoderException)) return failure instanceof IOException;
      return failure.getCause() == null || failure.getCause() instanceof IOException; // TLS's, too
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      ReferenceCountUtil.release(event); // of TLS and of the server; nothing to do for us
    }
  }
}
