package io.mestral.broker.connection;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Has newcomers wait where many connections came to nothing of late, on all event loops together.
 * Each that ends before its client was let in moves the horizon of its network by a step; as long
 * as the horizon lies ahead, who comes from there waits until it is reached, and a step more for
 * each that waits already: they come one after the other then, and not in a crowd. Clients that are
 * let in change nothing here.
 *
 * <p>A network is an IPv4 address, or the first 64 bits of an IPv6 address: a host has all the
 * others to come from.
 */
public final class Turnstile {
  static final int MOST_HELD = 256; // sockets of one network at a time
  static final int MOST_REMEMBERED = 4096; // networks

  private static final long CREDIT = TimeUnit.SECONDS.toNanos(20); // what may come at once
  private static final long IPV4 = 0xFF00_0000_0000_0000L; // multicast: no IPv6 client's network
  private static final int IPV6_BYTES = 16;
  private static final int MAPPED = 0xFFFF; // RFC 4291, 2.5.5.2: an IPv4 address behind it

  private final boolean on;
  private final long step;
  private final long longest;
  private final LongSupplier nanoTime;
  private final Map<Long, Debtor> debtors = new ConcurrentHashMap<>();

  /** What becomes of a newcomer. */
  sealed interface Answer permits Door, Wait {}

  /** What becomes of it at once. */
  enum Door implements Answer {
    OPEN,
    /** Too many of its network wait already. */
    SHUT
  }

  /** It waits for so long, in a place that is to be left. */
  record Wait(Duration time, Runnable leave) implements Answer {}

  /**
   * @param perSecond how many connections of a network may come to nothing; 0 is no limit
   * @param longest how long anybody waits at most
   * @param nanoTime as {@link System#nanoTime} tells it
   */
  Turnstile(int perSecond, Duration longest, LongSupplier nanoTime) {
    this.on = perSecond > 0;
    this.step = TimeUnit.SECONDS.toNanos(1) / Math.max(1, perSecond);
    this.longest = longest.toNanos();
    this.nanoTime = nanoTime;
  }

  /** The network of an address; those that are none have one together. */
  static long network(SocketAddress address) {
    byte[] bytes =
        Optional.ofNullable(address)
            .map(SocketAddress::hostAddress)
            .map(NetUtil::createByteArrayFromIpAddressString)
            .orElseGet(() -> new byte[IPV6_BYTES]);
    ByteBuffer number = ByteBuffer.wrap(bytes);
    if (bytes.length < IPV6_BYTES) return ipv4(number.getInt(0));
    long prefix = number.getLong(0);
    return prefix == 0 && number.getInt(8) == MAPPED ? ipv4(number.getInt(12)) : prefix;
  }

  private static long ipv4(int number) {
    return IPV4 | Integer.toUnsignedLong(number);
  }

  /** A newcomer is here. */
  Answer enter(long network) {
    Debtor debtor = debtors.get(network);
    if (debtor == null) return Door.OPEN;
    long ahead = debtor.horizon.get() - nanoTime.getAsLong();
    if (ahead <= 0) return Door.OPEN;
    int before = debtor.held.getAndIncrement();
    if (before < MOST_HELD) {
      long turn = Math.min(longest, ahead + before * step);
      return new Wait(Duration.ofNanos(turn), debtor.held::decrementAndGet);
    }
    debtor.held.decrementAndGet();
    return Door.SHUT;
  }

  /** A connection ended without its client having been let in. */
  void cameToNothing(long network) {
    if (!on) return;
    long now = nanoTime.getAsLong();
    debtors.computeIfAbsent(network, newcomer -> new Debtor(now - CREDIT)).charge(now);
    if (debtors.size() > MOST_REMEMBERED) makeRoom(now);
  }

  /** It takes many thousand connections a second to fill it with networks that owe anything. */
  private void makeRoom(long now) {
    debtors.values().removeIf(debtor -> debtor.ahead(now) <= -CREDIT);
    while (debtors.size() > MOST_REMEMBERED)
      debtors.entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().ahead(now)))
          .ifPresent(least -> debtors.remove(least.getKey(), least.getValue()));
  }

  /** How many networks are remembered. */
  int size() {
    return debtors.size();
  }

  /** A network, and how many of its sockets wait. */
  private final class Debtor {
    private final AtomicLong horizon;
    private final AtomicInteger held = new AtomicInteger();

    Debtor(long horizon) {
      this.horizon = new AtomicLong(horizon);
    }

    /** Nobody waits longer than that, so nobody need owe more. */
    void charge(long now) {
      horizon.updateAndGet(
          before -> now + Math.min(longest, Math.max(before - now, -CREDIT) + step));
    }

    long ahead(long now) {
      return horizon.get() - now;
    }
  }
}
