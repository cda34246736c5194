import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two ends of a chain of gateways: a gateway with a lamp, over MQTT 3.1.1, and those who ask for
 * it over HTTP at a steady rate. Both do as little as can be, so that what is measured is the nodes
 * between. Those who ask do so for some seconds BEFORE it counts.
 *
 * <pre>
 * java SmartApiLoad.java gateway PORT NAME TOKEN
 * java SmartApiLoad.java ask PORT TOKEN read|write RATE SECONDS BEFORE
 * </pre>
 */
class SmartApiLoad {
  private static final String PREFIXES =
      """
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix ex: <https://example.org/vocab#> .
      """;
  private static final String LAMP = "<https://fleet.example/id/lamp-1>";
  private static final int CONNECTIONS = 32;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("gateway")) new Gateway(args[2]).run(Integer.parseInt(args[1]), args[3]);
    else
      ask(
          Integer.parseInt(args[1]),
          args[2],
          args[3],
          Integer.parseInt(args[4]),
          Integer.parseInt(args[6]),
          Integer.parseInt(args[5]));
  }

  private static String header(String name, String kind, String sender) {
    return PREFIXES
        + "<urn:uuid:%s> a smartapi:%s ; smartapi:generatedBy <%s> ; smartapi:generatedAt \"%s\"^^xsd:dateTime"
            .formatted(name, kind, sender, Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  /** A gateway that takes what it is asked for as the lamp's level, or says the last one. */
  private record Gateway(String name) {
    private static final Pattern REQUEST = Pattern.compile("<(urn:uuid:[^>]+)> a smartapi:Request");
    private static final Pattern SENDER = Pattern.compile("smartapi:generatedBy <([^>]+)>");

    void run(int port, String token) throws IOException {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] user = text("gateway:" + name);
        byte[] password = text(token);
        packet(out, 0x10, text("MQTT"), new byte[] {4, (byte) 0xC2, 0, 0}, text("lamp"), user, password);
        packet(out, 0x82, new byte[] {0, 1}, text("smartapi/1/" + name + "/in"), new byte[] {1});
        String iri = "https://fleet.example/id/" + name;
        String announcement =
            header(UUID.randomUUID().toString(), "Notification", iri)
                + " ; smartapi:entity <" + iri + "> . <" + iri + "> a smartapi:Gateway . " + LAMP
                + " a ex:Lamp ; smartapi:isManagedBy <" + iri + "> .";
        publish(out, "smartapi/1/" + name + "/state", announcement);
        while (true) {
          int kind = in.readUnsignedByte();
          byte[] body = in.readNBytes(length(in));
          if (kind >> 4 == 3) take(out, body);
        }
      }
    }

    private void take(DataOutputStream out, byte[] body) throws IOException {
      int topic = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
      packet(out, 0x40, Arrays.copyOfRange(body, 2 + topic, 4 + topic));
      String says = new String(body, 4 + topic, body.length - 4 - topic, StandardCharsets.UTF_8);
      Matcher request = REQUEST.matcher(says);
      Matcher sender = SENDER.matcher(says);
      if (!request.find() || !sender.find()) throw new IOException("asked for nothing: " + says);
      String method = says.contains("smartapi:Write") ? "smartapi:Write" : "smartapi:Read";
      String answer =
          header(UUID.randomUUID().toString(), "Response", "https://fleet.example/id/" + name)
              + " ; <https://w3id.org/smartapi-edge/1.0#inReplyTo> <" + request.group(1)
              + "> ; smartapi:activity [ a smartapi:Activity ; smartapi:method " + method
              + " ; smartapi:entity " + LAMP + " ] . " + LAMP
              + " a ex:Lamp , smartapi:Entity ; ex:level [ a smartapi:ValueObject ; qudt:unit"
              + " unit:Percent ; rdf:value 5.0E0 ] .";
      publish(out, "smartapi/1/" + name + "/out/" + encoded(sender.group(1)), answer);
    }

    private static void publish(DataOutputStream out, String topic, String payload) throws IOException {
      packet(out, 0x32, text(topic), new byte[] {0, 7}, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static void packet(DataOutputStream out, int kind, byte[]... parts) throws IOException {
      int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
      byte[] bytes = new byte[length + 5];
      int at = 0;
      bytes[at++] = (byte) kind;
      for (int rest = length; ; rest >>>= 7) {
        bytes[at++] = (byte) (rest < 128 ? rest : rest & 127 | 128);
        if (rest < 128) break;
      }
      for (byte[] part : parts) {
        System.arraycopy(part, 0, bytes, at, part.length);
        at += part.length;
      }
      out.write(bytes, 0, at);
    }

    private static int length(DataInputStream in) throws IOException {
      int length = 0;
      for (int shift = 0; ; shift += 7) {
        int next = in.readUnsignedByte();
        length |= (next & 127) << shift;
        if (next < 128) return length;
      }
    }

    private static byte[] text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[bytes.length + 2];
      all[0] = (byte) (bytes.length >> 8);
      all[1] = (byte) bytes.length;
      System.arraycopy(bytes, 0, all, 2, bytes.length);
      return all;
    }

    private static String encoded(String iri) {
      StringBuilder text = new StringBuilder();
      for (char c : iri.toCharArray())
        if (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) text.append(c);
        else text.append("%%%02X".formatted((int) c));
      return text.toString();
    }
  }

  /** Asks at a steady rate, whether the last one was answered or not; a time begins when it was due. */
  private static void ask(int port, String token, String kind, int rate, int before, int seconds) throws Exception {
    List<long[]> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    AtomicInteger wrong = new AtomicInteger();
    int each = rate * (before + seconds) / CONNECTIONS;
    int uncounted = rate * before / CONNECTIONS;
    long begin = System.nanoTime() + 200_000_000L;
    for (int i = 0; i < CONNECTIONS; i++) {
      long[] mine = new long[each];
      times.add(mine);
      long offset = i * 1_000_000_000L / rate;
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                  socket.setTcpNoDelay(true);
                  InputStream in = new BufferedInputStream(socket.getInputStream(), 16384);
                  for (int n = 0; n < each; n++) {
                    long due = begin + offset + n * 1_000_000_000L * CONNECTIONS / rate;
                    long wait = due - System.nanoTime();
                    if (wait > 0) Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                    String answer = ask(socket.getOutputStream(), in, token, kind);
                    mine[n] = System.nanoTime() - due;
                    if (!answer.contains("lamp-1") || answer.contains("smartapi:status") || answer.contains("smartapi:error")) {
                      if (wrong.incrementAndGet() == 1) System.err.println(answer);
                    }
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) thread.join();
    if (before > 0) tell("before that, ", kind, rate, before, times, 0, uncounted);
    tell("", kind, rate, seconds, times, uncounted, each);
    System.out.printf("%d not done%n", wrong.get());
  }

  private static void tell(String when, String kind, int rate, int seconds, List<long[]> times, int from, int to) {
    long[] all = times.stream().flatMapToLong(mine -> Arrays.stream(mine, from, to)).sorted().toArray();
    System.out.printf(
        "%s%s %d/s for %d s: p50 %.1f ms, p90 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f; %d asked%n",
        when, kind, rate, seconds, at(all, 0.5), at(all, 0.9), at(all, 0.99), at(all, 0.999), at(all, 1), all.length);
  }

  private static double at(long[] all, double part) {
    return all[Math.min(all.length - 1, (int) (all.length * part))] / 1e6;
  }

  private static String ask(OutputStream out, InputStream in, String token, String kind) throws IOException {
    String value = kind.equals("write") ? "rdf:value 5.0E0" : "qudt:unit unit:Percent";
    String body =
        header(UUID.randomUUID().toString(), "Request", "https://client.example/id/app")
            + " ; smartapi:activity [ a smartapi:Activity ; smartapi:method "
            + (kind.equals("write") ? "smartapi:Write" : "smartapi:Read")
            + " ; smartapi:entity [ a ex:Lamp ; ex:level [ a smartapi:ValueObject ; " + value + " ] ] ] .";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /smartapi/v1.0e1.0/access/ HTTP/1.1\r\nHost: node\r\nContent-Type: text/turtle\r\nAuthorization: Bearer "
            + token + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    byte[] both = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + bytes.length);
    System.arraycopy(bytes, 0, both, head.length(), bytes.length);
    out.write(both);
    int length = -1;
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) throw new IOException("closed");
      if (c == '\n') {
        String text = line.toString().strip();
        line.setLength(0);
        if (text.isEmpty()) break;
        if (text.toLowerCase().startsWith("content-length:")) length = Integer.parseInt(text.substring(15).strip());
      } else line.append((char) c);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
