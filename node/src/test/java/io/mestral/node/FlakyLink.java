package io.mestral.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A way to a port that can be cut, can fall silent without being cut, can be slow and lossy. */
final class FlakyLink implements AutoCloseable {
  private static final int PACKET = 1_448;
  private static final long SHORTEST_PAUSE_MILLIS = 200; // before TCP sends again

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();
  private volatile boolean isDown;
  private volatile boolean isSilent;
  private final Random random = new Random();
  private volatile long delayMillis;
  private volatile double loss;

  /** Leads to a port of this machine. */
  FlakyLink(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What passes takes so long, each way. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /**
   * Of what passes so much is lost, and comes again later, as TCP has it: after a time that doubles
   * with each loss, and all that was sent behind it waits.
   *
   * @param share of the packets, below 1; 0 for none
   */
  void lose(double share) {
    loss = share;
  }

  /** How much later a piece comes because packets of it were lost. */
  private long repairMillis(int bytes) {
    long latest = 0;
    for (int packet = 0; packet <= bytes / PACKET; packet++) {
      long late = 0;
      long pause = Math.max(SHORTEST_PAUSE_MILLIS, 2 * delayMillis);
      while (random.nextDouble() < loss) {
        late += pause;
        pause *= 2;
      }
      latest = Math.max(latest, late);
    }
    return latest;
  }

  /** Ends all connections, and refuses others. */
  void cut() {
    isDown = true;
    open.forEach(FlakyLink::close);
  }

  /** Connections stay, and nothing comes through any more: what was under way is lost. */
  void silence() {
    isSilent = true;
  }

  /** The connections that there are fall silent for good, and nobody is told; others are made. */
  void freeze() {
    frozen.addAll(open);
  }

  /** It works again; what had fallen silent is cut, as a router forgets connections. */
  void mend() {
    isDown = false;
    if (isSilent) open.forEach(FlakyLink::close);
    isSilent = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        if (isDown || isSilent || !isJoined(near)) near.close();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private boolean isJoined(Socket near) throws IOException {
    Socket far = new Socket();
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException nobodyListens) {
      return false;
    }
    open.add(near);
    open.add(far);
    pass(near, far);
    pass(far, near);
    return true;
  }

  /** A piece that is on its way. */
  private record Piece(long dueNanos, byte[] bytes) {}

  private void pass(Socket from, Socket to) {
    BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(10_000);
    start(
        () -> {
          byte[] piece = new byte[16_384];
          InputStream in = from.getInputStream();
          for (int length = in.read(piece); length >= 0; length = in.read(piece))
            if (!isSilent && !frozen.contains(from))
              underWay.put(
                  new Piece(
                      System.nanoTime() + (delayMillis + repairMillis(length)) * 1_000_000,
                      Arrays.copyOf(piece, length)));
          end(from, to);
        },
        () -> end(from, to));
    start(
        () -> {
          while (!from.isClosed()) {
            Piece next = underWay.poll(100, TimeUnit.MILLISECONDS);
            if (next == null) continue;
            LockSupport.parkNanos(next.dueNanos() - System.nanoTime());
            to.getOutputStream().write(next.bytes());
          }
        },
        () -> end(from, to));
  }

  private void end(Socket from, Socket to) {
    close(from);
    close(to);
    open.remove(from);
    open.remove(to);
  }

  /** What may fail because a connection was cut. */
  private interface Carrying {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Carrying work, Runnable cut) {
    start(
        () -> {
          try {
            work.run();
          } catch (IOException asItWasMeant) {
            cut.run();
          } catch (InterruptedException never) {
            throw new IllegalStateException(never);
          }
        });
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "link");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(FlakyLink::close);
  }
}
