import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Connects over TLS and MQTT many times and holds all: java TlsConnects.java PORT PID CERT CONNECTIONS THREADS. */
final class TlsConnects {
  private static final byte[] PINGREQ = {(byte) 0xC0, 0};
  private static final byte[] PINGRESP = {(byte) 0xD0, 0};
  private static final int TICKS_PER_SECOND = 100; // of /proc, on every Linux

  private final int port;
  private final SSLSocketFactory factory;

  private TlsConnects(int port, SSLSocketFactory factory) {
    this.port = port;
    this.factory = factory;
  }

  public static void main(String[] args) throws Exception {
    Path process = Path.of("/proc", args[1]);
    int connections = Integer.parseInt(args[3]);
    TlsConnects client = new TlsConnects(Integer.parseInt(args[0]), trusting(Path.of(args[2])));
    ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(args[4]));
    double cpuBefore = cpuSeconds(process);
    long memoryBefore = residentKib(process);
    long start = System.nanoTime();
    List<Future<SSLSocket>> opening = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int number = i;
      opening.add(threads.submit(() -> client.connect(number)));
    }
    List<SSLSocket> open = new ArrayList<>();
    for (Future<SSLSocket> each : opening) open.add(each.get());
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = cpuSeconds(process) - cpuBefore;
    for (SSLSocket each : open) each.getOutputStream().write(PINGREQ);
    for (SSLSocket each : open) expect(each, PINGRESP);
    long memory = residentKib(process) - memoryBefore;
    System.out.printf(
        "%,d connections held, %.1f s, %,.0f connects/s, node %.2f ms CPU and %.1f KiB each (%s)%n",
        connections,
        seconds,
        connections / seconds,
        cpu * 1000 / connections,
        (double) memory / connections,
        open.get(0).getSession().getProtocol());
    System.exit(0);
  }

  /** A session is kept by host and port, so each connection names another host and resumes none. */
  private SSLSocket connect(int number) throws IOException {
    Socket plain = new Socket("127.0.0.1", port);
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(60_000);
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, "kit-" + number, port, true);
    socket.getOutputStream().write(connectPacket("kit-" + number));
    expect(socket, new byte[] {0x20, 2, 0, 0});
    return socket;
  }

  private static byte[] connectPacket(String clientId) {
    byte[] id = clientId.getBytes(StandardCharsets.US_ASCII);
    byte[] head = {0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, (byte) id.length};
    byte[] packet = new byte[head.length + id.length];
    System.arraycopy(head, 0, packet, 0, head.length);
    System.arraycopy(id, 0, packet, head.length, id.length);
    return packet;
  }

  private static void expect(SSLSocket socket, byte[] packet) throws IOException {
    byte[] answer = new byte[packet.length];
    new DataInputStream(socket.getInputStream()).readFully(answer);
    if (!java.util.Arrays.equals(answer, packet)) throw new IOException("not the answer expected");
  }

  private static SSLSocketFactory trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      store.setCertificateEntry("node", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static double cpuSeconds(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
  }

  private static long residentKib(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status")))
      if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", ""));
    throw new IOException("no VmRSS in " + process);
  }
}
