package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;

/** A client that says exactly the bytes it is told, and shows exactly the bytes it gets. */
public final class RawClient implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Socket socket;
  private final DataInputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  public static RawClient to(TestBroker broker) throws IOException {
    return new RawClient(new Socket("127.0.0.1", broker.port()));
  }

  /** Over a socket that was opened already, by TLS for example. */
  public static RawClient over(Socket socket) throws IOException {
    return new RawClient(socket);
  }

  /** One whose kernel holds little of what it doesn't read. */
  public static RawClient narrow(TestBroker broker) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", broker.port()));
    return new RawClient(socket);
  }

  /** Connected with MQTT 3.1.1, clean session. */
  public static RawClient v3(TestBroker broker, String id) throws IOException {
    RawClient client = to(broker).send(Packets.connect(4).id(id));
    client.expect("20 02 00 00");
    return client;
  }

  /** Connected with MQTT 5, clean start. */
  public static RawClient v5(TestBroker broker, String id) throws IOException {
    RawClient client = to(broker).send(Packets.connect(5).id(id));
    client.expectAccepted();
    return client;
  }

  public RawClient send(String hex) throws IOException {
    return send(Buffer.buffer(HEX.parseHex(hex)));
  }

  public RawClient send(Packets packet) throws IOException {
    return send(packet.bytes());
  }

  public RawClient send(Buffer bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes());
    return this;
  }

  /** The next packet, whole, as hex. */
  public String receive() throws IOException {
    return HEX.formatHex(receiveBytes());
  }

  /** The next packet as hex; nothing when the broker closed instead. */
  public String receiveOrEnd() throws IOException {
    try {
      return receive();
    } catch (EOFException | SocketException end) {
      return "";
    }
  }

  public int receiveShort() throws IOException {
    return in.readUnsignedShort();
  }

  public byte[] receiveBytes() throws IOException {
    Buffer packet = Buffer.buffer().appendByte(in.readByte());
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.readUnsignedByte();
      packet.appendByte((byte) digit);
      length |= (digit & 0x7F) << shift;
      if (digit < 0x80) break;
    }
    byte[] content = new byte[length];
    in.readFully(content);
    return packet.appendBytes(content).getBytes();
  }

  public RawClient expect(String hex) throws IOException {
    assertThat(receive()).isEqualToIgnoringCase(hex);
    return this;
  }

  /** CONNACK 0x00 of MQTT 5, whatever its properties. */
  public RawClient expectAccepted() throws IOException {
    byte[] connack = receiveBytes();
    assertThat(connack[0]).isEqualTo((byte) 0x20);
    assertThat(connack[3]).as("reason code").isZero();
    return this;
  }

  /** CONNACK of MQTT 5 with this reason code, and the end. */
  public void expectTurnedAway(int code) throws IOException {
    byte[] connack = receiveBytes();
    assertThat(connack[0]).isEqualTo((byte) 0x20);
    assertThat(connack[2]).as("session present").isZero();
    assertThat(connack[3] & 0xFF).as("reason code").isEqualTo(code);
    expectClosed();
  }

  /** DISCONNECT with this reason code, and the end. */
  public void expectDisconnect(int code) throws IOException {
    byte[] disconnect = receiveBytes();
    assertThat(disconnect[0]).isEqualTo((byte) 0xE0);
    assertThat(disconnect[2] & 0xFF).as("reason code").isEqualTo(code);
    expectClosed();
  }

  /** Nothing came before this moment: the broker answers in order. */
  public RawClient expectNothing() throws IOException {
    return send("C0 00").expect("D0 00");
  }

  /** The end of the stream, and nothing before it. */
  public void expectClosed() throws IOException {
    try {
      int next = in.read();
      assertThat(next).as("a byte where the end was expected").isEqualTo(-1);
    } catch (EOFException | SocketException reset) {
      assertThat(reset).isNotNull();
    }
  }

  /** Says no more, and reads what comes until the broker closes. */
  public void readToTheEnd() throws IOException {
    try {
      socket.shutdownOutput();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      assertThat(socket.isConnected()).isTrue(); // closed with bytes unread: an end, too
    }
  }

  /** Cuts the connection without a word. */
  public void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
