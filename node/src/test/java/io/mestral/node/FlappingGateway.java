package io.mestral.node;

import io.mestral.model.platform.EntityTopic;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway with one lamp that comes and goes, over MQTT 3.1.1 as any small device speaks it. It
 * keeps a book of what it did, acts on a request once however often it comes, and now and then
 * answers late, twice, or with rubbish.
 */
final class FlappingGateway implements Runnable {
  private static final Pattern REQUEST =
      Pattern.compile("<(urn:uuid:[^>]+)>\\s+(?:a|<[^>]*type>)\\s+smartapi:Request");
  private static final Pattern SENDER = Pattern.compile("smartapi:generatedBy\\s+<([^>]+)>");
  private static final Pattern VALUE = Pattern.compile("rdf:value\\s+\"?([0-9.E+-]+)");

  private final String name;
  private final String token;
  private final IntSupplier port;
  private final Random random;
  private final ScheduledExecutorService later;
  private final Map<String, Double> book = new ConcurrentHashMap<>();
  private final Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile boolean isOver;
  private volatile boolean mayStay;
  private volatile double level = 1;
  private volatile Socket socket = new Socket();

  /**
   * Known to the node by this name and token.
   *
   * @param port where the node listens now
   */
  FlappingGateway(
      String name, String token, IntSupplier port, Random random, ScheduledExecutorService later) {
    this.name = name;
    this.token = token;
    this.port = port;
    this.random = random;
    this.later = later;
  }

  /** What it did: the level that each request set. */
  Map<String, Double> book() {
    return book;
  }

  /** Requests that came again after they were acknowledged. */
  int twice() {
    return twice.get();
  }

  String lamp() {
    return "https://fleet.example/id/lamp-" + name;
  }

  private String iri() {
    return "https://fleet.example/id/" + name;
  }

  /** Goes away no more from now on. */
  void stay() {
    mayStay = true;
  }

  void end() throws IOException {
    isOver = true;
    socket.close();
  }

  @Override
  public void run() {
    while (!isOver) {
      pause(20 + random.nextInt(mayStay ? 100 : 2_000));
      try {
        connected();
      } catch (IOException gone) {
        cut.incrementAndGet(); // that is what it is for
      }
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connected() throws IOException {
    try (Socket made = new Socket("127.0.0.1", port.getAsInt())) {
      socket = made;
      if (isOver) return;
      made.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(made.getInputStream()));
      DataOutputStream out = new DataOutputStream(made.getOutputStream());
      packet(
          out,
          0x10,
          text("MQTT"),
          new byte[] {4, (byte) 0xC2, 0, 0},
          text(name),
          text("gateway:" + name),
          text(token));
      packet(out, 0x82, new byte[] {0, 1}, text("smartapi/1/" + name + "/in"), new byte[] {1});
      publish(out, "smartapi/1/" + name + "/state", announcement());
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(6_000));
      while (mayStay || System.nanoTime() < until) {
        made.setSoTimeout(mayStay ? 0 : 1_000);
        int kind = next(in);
        if (kind < 0) continue;
        byte[] body = in.readNBytes(length(in));
        if (kind >> 4 == 3) take(out, body);
      }
      if (random.nextBoolean()) packet(out, 0xE0);
    }
  }

  private static int next(DataInputStream in) throws IOException {
    try {
      return in.readUnsignedByte();
    } catch (SocketTimeoutException nothing) {
      return -1;
    }
  }

  private String header(String kind) {
    return TestGateway.PREFIXES
        + "<urn:uuid:%s> a smartapi:%s ; smartapi:generatedBy <%s> ; smartapi:generatedAt \"%s\"^^xsd:dateTime"
            .formatted(
                UUID.randomUUID(), kind, iri(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  private String announcement() {
    return header("Notification")
        + " ; smartapi:entity <%s> . <%s> a smartapi:Gateway . <%s> a ex:Lamp ; smartapi:isManagedBy <%s> ."
            .formatted(iri(), iri(), lamp(), iri());
  }

  private void take(DataOutputStream out, byte[] body) throws IOException {
    int topic = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
    byte[] id = Arrays.copyOfRange(body, 2 + topic, 4 + topic);
    String says = new String(body, 4 + topic, body.length - 4 - topic, StandardCharsets.UTF_8);
    Matcher request = REQUEST.matcher(says);
    Matcher sender = SENDER.matcher(says);
    if (!request.find() || !sender.find()) throw new IllegalStateException(says);
    String asked = request.group(1);
    if (acknowledged.containsKey(asked)) twice.incrementAndGet();
    boolean isFirst = random.nextBoolean();
    if (isFirst) acknowledge(out, id, asked);
    act(asked, says);
    String answer = answer(asked, says.contains("smartapi:Write"));
    String to = "smartapi/1/" + name + "/out/" + EntityTopic.encoded(sender.group(1));
    answer(out, to, answer);
    if (!isFirst) acknowledge(out, id, asked);
  }

  private void acknowledge(DataOutputStream out, byte[] id, String asked) throws IOException {
    packet(out, 0x40, id);
    acknowledged.put(asked, true);
  }

  private void act(String asked, String says) {
    if (!says.contains("smartapi:Write")) return;
    Matcher value = VALUE.matcher(says);
    if (!value.find()) throw new IllegalStateException(says);
    if (book.putIfAbsent(asked, Double.parseDouble(value.group(1))) == null)
      level = Double.parseDouble(value.group(1));
  }

  private String answer(String asked, boolean isWrite) {
    double says = isWrite ? book.get(asked) : level;
    return header("Response")
        + " ; sx:inReplyTo <%s> ; smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:%s ; smartapi:entity <%s> ] . "
            .formatted(asked, isWrite ? "Write" : "Read", lamp())
        + "<%s> a ex:Lamp , smartapi:Entity ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value %sE0 ] ."
            .formatted(lamp(), says);
  }

  /** Two in a hundred are late, or twice, or make no sense. */
  private void answer(DataOutputStream out, String topic, String answer) throws IOException {
    switch (random.nextInt(300)) {
      case 0, 1 -> later.schedule(() -> tryTo(out, topic, answer), 6, TimeUnit.SECONDS);
      case 2 -> {
        publish(out, topic, answer);
        publish(out, topic, answer);
      }
      case 3 -> publish(out, topic, answer.substring(0, answer.length() / 2));
      case 4 -> publish(out, topic, answer.replace("unit:Percent", "unit:DegreeCelsius"));
      case 5 ->
          publish(out, topic, answer.replaceFirst("inReplyTo <[^>]*>", "inReplyTo <urn:x:1>"));
      default -> publish(out, topic, answer);
    }
  }

  private void tryTo(DataOutputStream out, String topic, String answer) {
    try {
      publish(out, topic, answer);
    } catch (IOException gone) {
      unsent.incrementAndGet(); // the connection is another one by now
    }
  }

  private static void publish(DataOutputStream out, String topic, String payload)
      throws IOException {
    packet(out, 0x32, text(topic), new byte[] {0, 7}, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static void packet(DataOutputStream out, int kind, byte[]... parts) throws IOException {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] bytes = new byte[length + 5];
    int at = 0;
    bytes[at++] = (byte) kind;
    int rest = length;
    while (rest >= 128) {
      bytes[at++] = (byte) (rest & 127 | 128);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
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
}
