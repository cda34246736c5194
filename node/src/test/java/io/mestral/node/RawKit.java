package io.mestral.node;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A kit as its firmware behaves: MQTT 3.1.1, anonymous, client id = token, clean session,
 * keep-alive 120 s, QoS 0; reads nothing after CONNACK and never says goodbye.
 */
final class RawKit implements AutoCloseable {
  private static final byte[] CONNACK_ACCEPTED = {0x20, 2, 0, 0};

  private final Socket socket;
  private final DataOutputStream out;

  RawKit(int port, String token) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    out = new DataOutputStream(socket.getOutputStream());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream connect = new DataOutputStream(body);
    connect.writeUTF("MQTT");
    connect.writeByte(4); // protocol level 3.1.1
    connect.writeByte(2); // clean session, no user name, no password, no will
    connect.writeShort(120);
    connect.writeUTF(token);
    send(0x10, body.toByteArray());
    byte[] answer = socket.getInputStream().readNBytes(4);
    if (!java.util.Arrays.equals(answer, CONNACK_ACCEPTED))
      throw new IOException("not accepted: " + java.util.Arrays.toString(answer));
  }

  void publish(String topic, String payload) throws IOException {
    publish(topic, payload.getBytes(StandardCharsets.US_ASCII));
  }

  void publish(String topic, byte[] payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new DataOutputStream(body).writeUTF(topic);
    body.write(payload);
    send(0x30, body.toByteArray()); // PUBLISH, QoS 0, not retained
  }

  /** Waits for the node to close the connection. */
  boolean isCutOff() throws IOException {
    return socket.getInputStream().read() == -1;
  }

  /** Whether the node still serves this connection. */
  boolean answersPing() throws IOException {
    send(0xC0, new byte[0]);
    return socket.getInputStream().read() == 0xD0;
  }

  private void send(int header, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    int length = body.length;
    do {
      int digit = length % 128;
      length /= 128;
      packet.write(length > 0 ? digit | 0x80 : digit);
    } while (length > 0);
    packet.write(body);
    out.write(packet.toByteArray());
    out.flush();
  }

  /** The radio's power is cut: the socket goes away without DISCONNECT. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
