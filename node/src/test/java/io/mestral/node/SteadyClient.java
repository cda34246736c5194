package io.mestral.node;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * An MQTT 3.1.1 client that keeps its half of the session as the standard asks, whatever becomes of
 * its connections: what it sent and isn't done, and which exactly-once messages it holds.
 */
final class SteadyClient {
  private static final int WINDOW = 20;
  private static final int DUP = 0x08;

  private final String id;
  private final Map<Integer, Sent> unfinished = new LinkedHashMap<>();
  private final Set<Integer> held = new HashSet<>();
  private final List<String> received = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private int lastId;
  private IntFunction<Optional<Sent>> source = number -> Optional.empty();
  private int produced;
  private Socket socket;
  private DataOutputStream out;
  private Thread reader;
  private volatile boolean present;

  SteadyClient(String id) {
    this.id = id;
  }

  /** A message of this client; once it is released, only PUBCOMP is missing. */
  static final class Sent {
    final String topic;
    final String payload;
    final int qos;
    private boolean released;

    Sent(String topic, String payload, int qos) {
      this.topic = topic;
      this.payload = payload;
      this.qos = qos;
    }
  }

  /** Connects and goes on where it was. */
  void connect(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(socket.getOutputStream());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    ByteArrayOutputStream connect = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(connect);
    body.writeUTF("MQTT");
    body.write(new byte[] {4, 0, 0, 60});
    body.writeUTF(id);
    send(0x10, connect.toByteArray());
    byte[] connack = packet(in, in.readUnsignedByte());
    if (connack[1] != 0) throw new IOException("refused: " + connack[1]);
    present = connack[0] == 1;
    resume();
    reader = new Thread(() -> read(in), id);
    reader.start();
  }

  /** Whether the node knew the session. */
  boolean wasPresent() {
    return present;
  }

  private synchronized void resume() throws IOException {
    for (Map.Entry<Integer, Sent> entry : unfinished.entrySet())
      if (entry.getValue().released) acknowledge(0x62, entry.getKey());
      else publish(entry.getKey(), entry.getValue(), DUP);
  }

  synchronized void subscribe(String filter) throws IOException {
    ByteArrayOutputStream subscribe = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(subscribe);
    body.writeShort(1);
    body.writeUTF(filter);
    body.write(2);
    send(0x82, subscribe.toByteArray());
  }

  /** Publishes what the source gives, number after number, until it gives nothing. */
  synchronized void publish(IntFunction<Optional<Sent>> messages) throws IOException {
    source = messages;
    fill();
  }

  private void fill() throws IOException {
    while (unfinished.size() < WINDOW) {
      Optional<Sent> next = source.apply(produced);
      if (next.isEmpty()) return;
      Sent message = next.get();
      produced++;
      do lastId = lastId % 65_535 + 1;
      while (unfinished.containsKey(lastId));
      unfinished.put(lastId, message);
      publish(lastId, message, 0);
    }
  }

  private void publish(int packetId, Sent message, int flags) throws IOException {
    ByteArrayOutputStream publish = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(publish);
    body.writeUTF(message.topic);
    body.writeShort(packetId);
    body.write(message.payload.getBytes(StandardCharsets.US_ASCII));
    send(0x30 | message.qos << 1 | flags, publish.toByteArray());
  }

  private void read(DataInputStream in) {
    try {
      while (true) {
        int type = in.readUnsignedByte();
        on(type, packet(in, type));
      }
    } catch (IOException gone) {
      present = false;
    }
  }

  private static byte[] packet(DataInputStream in, int type) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      if (digit < 0x80) break;
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return body;
  }

  private synchronized void on(int type, byte[] body) throws IOException {
    int packetId = body.length < 2 ? 0 : (body[0] & 0xFF) << 8 | body[1] & 0xFF;
    switch (type >> 4) {
      case 3 -> onPublish(type, body);
      case 4, 7 -> finish(packetId);
      case 5 -> onReceived(packetId);
      case 6 -> {
        held.remove(packetId);
        acknowledge(0x70, packetId);
      }
      default -> notifyAll(); // SUBACK
    }
  }

  private void onPublish(int type, byte[] body) throws IOException {
    int topic = (body[0] & 0xFF) << 8 | body[1] & 0xFF;
    int packetId = (body[2 + topic] & 0xFF) << 8 | body[3 + topic] & 0xFF;
    String payload =
        new String(body, 4 + topic, body.length - 4 - topic, StandardCharsets.US_ASCII);
    boolean exactlyOnce = (type >> 1 & 3) == 2;
    if (!exactlyOnce || held.add(packetId)) received.add(payload);
    acknowledge(exactlyOnce ? 0x50 : 0x40, packetId);
    notifyAll();
  }

  private void onReceived(int packetId) throws IOException {
    Sent message = unfinished.get(packetId);
    if (message != null && !message.released) {
      message.released = true;
      acknowledged.add(message.payload);
    }
    acknowledge(0x62, packetId);
  }

  private void finish(int packetId) throws IOException {
    Sent message = unfinished.remove(packetId);
    if (message == null) return;
    if (message.qos == 1) acknowledged.add(message.payload);
    notifyAll();
    fill();
  }

  private void acknowledge(int type, int packetId) throws IOException {
    send(type, new byte[] {(byte) (packetId >> 8), (byte) packetId});
  }

  private synchronized void send(int type, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(type);
    int rest = body.length;
    while (rest >= 0x80) {
      packet.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    packet.write(rest);
    packet.write(body);
    out.write(packet.toByteArray());
  }

  /** What was acknowledged: the node answers for it. */
  synchronized List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** What came, in its order, repetitions included where they are allowed. */
  synchronized List<String> received() {
    return List.copyOf(received);
  }

  /** Waits until nothing it sent is open any more. */
  synchronized void awaitFinished() throws InterruptedException {
    await(() -> unfinished.isEmpty());
  }

  /** Waits until so much was acknowledged. */
  synchronized void awaitAcknowledged(int least) throws InterruptedException {
    await(() -> acknowledged.size() >= least);
  }

  /** Waits until all of these came. */
  synchronized void awaitReceived(Set<String> wanted) throws InterruptedException {
    await(() -> new HashSet<>(received).containsAll(wanted));
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) throw new AssertionError(id + ": not within 30 seconds");
      wait(left);
    }
  }

  /** Lets go of a connection that is broken or is to be. */
  void drop() throws IOException, InterruptedException {
    socket.close();
    reader.join();
  }
}
