package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.Traffic.Figure;
import io.mestral.model.mqtt.QoS;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is counted of one socket: into its own figures and into its event loop's. The socket's event
 * loop writes; any thread may read.
 */
public final class Meter {
  private final Traffic own = new Traffic();
  private final Traffic loop;
  private final AtomicLong heardAt = new AtomicLong(System.nanoTime());
  private volatile Blockage blockage; // null until it was blocked once, as most never are

  /** Nothing counted yet, on an event loop with these figures. */
  public Meter(Traffic loop) {
    this.loop = loop;
  }

  /** A read brought so many bytes. */
  public void bytesIn(int bytes) {
    add(Figure.BYTES_IN, bytes);
  }

  /** A packet came, at this {@link System#nanoTime}. */
  public void packetIn(long nanoTime) {
    add(Figure.PACKETS_IN, 1);
    heardAt.setOpaque(nanoTime);
  }

  /** A packet of so many bytes goes out. */
  public void packetOut(int bytes) {
    add(Figure.PACKETS_OUT, 1);
    add(Figure.BYTES_OUT, bytes);
  }

  /** The socket isn't read for a while. */
  public void paused() {
    add(Figure.PAUSES, 1);
  }

  /** The packet that came is a PUBLISH. */
  public void received(QoS qos) {
    add(Figure.received(qos), 1);
  }

  /** The packet that goes out is a PUBLISH. */
  public void sent(QoS qos) {
    add(Figure.sent(qos), 1);
  }

  /** The network takes no more. */
  public void blocked() {
    if (blockage == null) blockage = new Blockage(System::nanoTime);
    blockage.begins();
  }

  /** The network takes more again; for how long it did not. */
  public Duration unblocked() {
    return blockage == null ? Duration.ZERO : blockage.ends();
  }

  /** Everything counted of this socket. */
  public Traffic traffic() {
    return own;
  }

  /** How long ago the last packet came. */
  public Duration silence() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - heardAt.getOpaque()));
  }

  /** How long the network took nothing within the last minute. */
  public Duration blockedOfLate() {
    Blockage seen = blockage;
    return seen == null ? Duration.ZERO : seen.ofLate();
  }

  private void add(Figure figure, long amount) {
    own.add(figure, amount);
    loop.add(figure, amount);
  }
}
