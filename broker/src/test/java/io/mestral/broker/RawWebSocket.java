package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A client that sends exactly the frames it is told, and shows exactly the frames it gets. */
final class RawWebSocket implements AutoCloseable {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  private final Socket socket;
  private final DataInputStream in;

  /** What the broker sent: a frame's type and content. */
  record Frame(int opcode, byte[] content) {
    String hex() {
      return HEX.formatHex(content);
    }

    int closeCode() {
      return (content[0] & 0xFF) << 8 | content[1] & 0xFF;
    }
  }

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  static RawWebSocket to(int port) throws IOException {
    return new RawWebSocket(new Socket("127.0.0.1", port));
  }

  /** With the handshake done. */
  static RawWebSocket open(int port) throws IOException {
    RawWebSocket client = to(port);
    assertThat(client.ask("Sec-WebSocket-Protocol: mqtt")).startsWith("HTTP/1.1 101 ");
    return client;
  }

  /** Connected with MQTT 5, clean start. */
  static RawWebSocket v5(int port, String id) throws IOException {
    RawWebSocket client = open(port);
    client.send(Packets.connect(5).id(id).bytes());
    assertThat(client.next().content()).startsWith(0x20);
    return client;
  }

  static String request(String... headers) {
    return "GET /mqtt HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + String.join("\r\n", headers)
        + (headers.length == 0 ? "" : "\r\n")
        + "\r\n";
  }

  /** Asks for an upgrade; the head of the answer. */
  String ask(String... headers) throws IOException {
    return say(request(headers));
  }

  /** The end, whether the head of an answer came before or not. */
  void expectEndAfterHead() throws IOException {
    try {
      String rest = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(rest.isEmpty() || rest.endsWith("\r\n\r\n")).as(rest).isTrue();
    } catch (SocketException reset) {
      assertThat(reset).isNotNull();
    }
  }

  String say(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
    return head.toString();
  }

  RawWebSocket send(Buffer packets) throws IOException {
    return send(BINARY, true, packets);
  }

  RawWebSocket send(String hex) throws IOException {
    return send(Buffer.buffer(HEX.parseHex(hex)));
  }

  RawWebSocket send(int opcode, boolean last, Buffer content) throws IOException {
    return raw(frame(opcode, last, content));
  }

  RawWebSocket raw(Buffer bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes());
    return this;
  }

  static Buffer frame(int opcode, boolean last, Buffer content) {
    byte[] bytes = content.getBytes();
    Buffer frame = Buffer.buffer().appendByte((byte) ((last ? 0x80 : 0) | opcode));
    if (bytes.length < 126) frame.appendByte((byte) (0x80 | bytes.length));
    else if (bytes.length < 1 << 16)
      frame.appendByte((byte) (0x80 | 126)).appendUnsignedShort(bytes.length);
    else frame.appendByte((byte) (0x80 | 127)).appendLong(bytes.length);
    for (int i = 0; i < bytes.length; i++) bytes[i] ^= MASK[i % 4];
    return frame.appendBytes(MASK).appendBytes(bytes);
  }

  Frame next() throws IOException {
    int first = in.readUnsignedByte();
    assertThat(first & 0xF0).as("whole, and nothing reserved").isEqualTo(0x80);
    int length = in.readUnsignedByte(); // no mask
    if (length == 126) length = in.readUnsignedShort();
    else if (length == 127) length = Math.toIntExact(in.readLong());
    return new Frame(first & 0x0F, in.readNBytes(length));
  }

  RawWebSocket expect(String hex) throws IOException {
    Frame frame = next();
    assertThat(frame.opcode()).isEqualTo(BINARY);
    assertThat(frame.hex()).isEqualToIgnoringCase(hex);
    return this;
  }

  /** PINGREQ is answered, and nothing came before. */
  RawWebSocket expectNothing() throws IOException {
    return send("C0 00").expect("D0 00");
  }

  RawWebSocket expectDisconnect(int reason) throws IOException {
    byte[] packet = next().content();
    assertThat(Arrays.copyOf(packet, 1)).containsExactly(0xE0);
    assertThat(packet[2] & 0xFF).isEqualTo(reason);
    return this;
  }

  void expectClose(int code) throws IOException {
    Frame frame = next();
    assertThat(frame.opcode()).isEqualTo(CLOSE);
    assertThat(frame.closeCode()).isEqualTo(code);
    expectEnd();
  }

  void expectEnd() throws IOException {
    try {
      assertThat(in.read()).isEqualTo(-1);
    } catch (EOFException | SocketException reset) {
      assertThat(reset).isNotNull();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
