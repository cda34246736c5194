package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.TestBroker;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HexFormat;

/** A client that speaks 3.1.1 or 5 with the same words, and looks at every byte it gets. */
final class Peer implements AutoCloseable {
  static final int PUBACK = 0x40;
  static final int PUBREC = 0x50;
  static final int PUBREL = 0x62;
  static final int PUBCOMP = 0x70;

  private static final int SUBACK = 0x90;
  private static final int UNSUBACK = 0xB0;

  private final RawClient raw;
  private final int level;
  private final boolean resumed;

  private Peer(RawClient raw, int level) throws IOException {
    this.raw = raw;
    this.level = level;
    byte[] connack = raw.receiveBytes();
    assertThat(connack[0]).isEqualTo((byte) 0x20);
    assertThat(connack[3]).as("CONNACK").isZero();
    this.resumed = connack[2] == 1;
  }

  /** A client that brings nothing and leaves nothing behind. */
  static Peer clean(TestBroker broker, int level, String id) throws IOException {
    return with(broker, level, Packets.connect(level).id(id));
  }

  /** A client that goes on with the session it has, or begins one that stays for an hour. */
  static Peer lasting(TestBroker broker, int level, String id) throws IOException {
    return with(broker, level, Packets.connect(level, "11 00 00 0e 10").onlyFlags(0).id(id));
  }

  static Peer with(TestBroker broker, int level, Packets connect) throws IOException {
    return new Peer(RawClient.to(broker).send(connect), level);
  }

  /** Has somebody else publish this, and waits until the broker has it. */
  static void publishFromElsewhere(TestBroker broker, String topic, int qos, String payload)
      throws IOException {
    try (Peer publisher = clean(broker, 5, "elsewhere")) {
      publisher.publish(topic, qos, payload).leave();
    }
  }

  RawClient raw() {
    return raw;
  }

  /** What CONNACK said of the session. */
  boolean resumed() {
    return resumed;
  }

  /** Subscribes and sees the options' QoS granted. */
  Peer subscribe(String filter, int options) throws IOException {
    raw.send(Packets.subscribe(level, 1, filter, options));
    assertThat(codes(SUBACK, 1)).containsExactly((byte) (options & 3));
    return this;
  }

  /** Takes a subscription back. */
  Peer unsubscribe(String filter) throws IOException {
    raw.send(Packets.unsubscribe(level, 2, filter));
    codes(UNSUBACK, 2);
    return this;
  }

  /**
   * Publishes and goes through what belongs to the QoS. Who subscribes to it himself publishes at
   * QoS 0 this way: else the message comes before its acknowledgement.
   */
  Peer publish(String topic, int qos, String payload) throws IOException {
    return publish(topic, qos, false, payload);
  }

  /** Publishes to be retained, too. */
  Peer retain(String topic, int qos, String payload) throws IOException {
    return publish(topic, qos, true, payload);
  }

  private Peer publish(String topic, int qos, boolean retain, String payload) throws IOException {
    int id = qos == 0 ? -1 : 9;
    raw.send(Packets.publish(level, qos << 1 | (retain ? 1 : 0), topic, id).raw(payload));
    if (qos == 1) expect(PUBACK, id);
    if (qos == 2) expect(PUBREC, id).send(PUBREL, id).expect(PUBCOMP, id);
    return this;
  }

  /** An acknowledgement that isn't a refusal, with this identifier. */
  Peer expect(int type, int packetId) throws IOException {
    byte[] ack = raw.receiveBytes();
    assertThat(HexFormat.of().toHexDigits(ack[0]))
        .isEqualTo(HexFormat.of().toHexDigits((byte) type));
    assertThat(Buffer.buffer(ack).getUnsignedShort(2)).as("packet identifier").isEqualTo(packetId);
    assertThat(ack.length > 4 ? ack[4] : 0).as("reason code").isGreaterThanOrEqualTo((byte) 0);
    return this;
  }

  /** An acknowledgement without a reason. */
  Peer send(int type, int packetId) throws IOException {
    raw.send(Packets.of(type).two(packetId));
    return this;
  }

  Message next() throws IOException {
    return Message.read(level, raw.receiveBytes());
  }

  /** Takes the next message to the end of its QoS. */
  Message take() throws IOException {
    Message message = next();
    if (message.qos() == 1) send(PUBACK, message.id());
    if (message.qos() == 2)
      send(PUBREC, message.id()).expect(PUBREL, message.id()).send(PUBCOMP, message.id());
    return message;
  }

  Peer expectNothing() throws IOException {
    raw.expectNothing();
    return this;
  }

  /** Leaves with a word, so that no will is published. */
  void leave() throws IOException {
    raw.send("E0 00").expectClosed();
    raw.close();
  }

  /** The end, which a client of MQTT 5 is told in this way first. */
  void expectEnd(int code) throws IOException {
    if (level == 5) raw.expectDisconnect(code);
    else raw.expectClosed();
  }

  private byte[] codes(int type, int packetId) throws IOException {
    byte[] packet = raw.receiveBytes();
    assertThat(packet[0]).isEqualTo((byte) type);
    Buffer buffer = Buffer.buffer(packet);
    assertThat(buffer.getUnsignedShort(2)).as("packet identifier").isEqualTo(packetId);
    return buffer.getBytes(level == 5 ? 5 : 4, packet.length);
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  /**
   * A PUBLISH from the broker.
   *
   * @param id 0 at QoS 0, where there is none
   * @param properties of MQTT 5, as hex
   */
  record Message(
      int qos,
      boolean dup,
      boolean retain,
      String topic,
      int id,
      String properties,
      String payload) {
    static Message read(int level, byte[] packet) {
      Buffer in = Buffer.buffer(packet);
      int first = in.getUnsignedByte(0);
      assertThat(first >> 4).as("type of %s", HexFormat.of().formatHex(packet)).isEqualTo(3);
      int at = 1;
      while (in.getByte(at) < 0) at++;
      int topicLength = in.getUnsignedShort(++at);
      String topic = in.getString(at + 2, at + 2 + topicLength, "UTF-8");
      at += 2 + topicLength;
      int qos = first >> 1 & 3;
      int id = qos == 0 ? 0 : in.getUnsignedShort(at);
      if (qos > 0) at += 2;
      String properties = "";
      if (level == 5) {
        int length = in.getUnsignedByte(at); // none that these tests send takes two bytes
        properties = HexFormat.ofDelimiter(" ").formatHex(in.getBytes(at + 1, at + 1 + length));
        at += 1 + length;
      }
      String payload = in.getString(at, in.length(), "UTF-8");
      return new Message(qos, (first & 8) != 0, (first & 1) != 0, topic, id, properties, payload);
    }
  }
}
