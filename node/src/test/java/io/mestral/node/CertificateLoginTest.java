package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.broker.TestAuthority;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole node with a TLS port: who a certificate lets in, and as whom. */
class CertificateLoginTest {
  private static final int BAD_CREDENTIALS = 0x86;

  @TempDir Path folder;
  private TestAuthority authority;
  private NodeProcess node;
  private HttpProbe http;
  private String password;
  private int device;
  private String token;

  @BeforeEach
  void adaHasADevice() throws Exception {
    authority = new TestAuthority("tests");
    authority.identity("CN=server").write(file("cert.pem"), file("key.pem"));
    authority.write(file("ca.pem"));
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, tls());
    http = node.http(data);
    password =
        http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
            .get("password")
            .asText();
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\",\"owner\":\"ada\"}").get(0);
    device = made.get("id").asInt();
    token = made.get("device_token").asText();
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void aDevicesCertificateIsAsGoodAsItsToken() throws Exception {
    try (Socket socket = connect("device:" + device)) {
      assertThat(login(socket, "", "")).isZero();
      assertThat(publish(socket, "device/sck/" + token + "/readings/raw")).isZero();
      assertThat(publish(socket, "device/sck/another/readings/raw")).isEqualTo(0x87);
    }
  }

  @ParameterizedTest
  @CsvSource({"ada", "ADA", "admin"})
  void aUsersCertificateNamesTheUser(String name) throws Exception {
    try (Socket socket = connect(name)) {
      assertThat(login(socket, "", "")).isZero();
    }
  }

  @Test
  void theUserNameMayRepeatTheCertificate() throws Exception {
    try (Socket socket = connect("ada")) {
      assertThat(login(socket, "ada", "")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"nobody", "device:999", "device:0", "gateway:hall", "edge:roof", "ada@example.org"})
  void aCertificateThatMeansNobodyLetsNobodyIn(String name) throws Exception {
    try (Socket socket = connect(name)) {
      assertThat(login(socket, "", "")).isEqualTo(BAD_CREDENTIALS);
    }
  }

  @Test
  void aPasswordBesideACertificateMustBeOfTheSameUser() throws Exception {
    try (Socket same = connect("ada");
        Socket other = connect("admin")) {
      assertThat(login(same, "ada", password)).isZero();
      assertThat(login(other, "ada", password)).isEqualTo(BAD_CREDENTIALS);
    }
  }

  @Test
  void aTokenBesideACertificateMustBeOfTheSameDevice() throws Exception {
    try (Socket same = connect("device:" + device);
        Socket wrong = connect("device:" + device)) {
      assertThat(login(same, "device:" + device, token)).isZero();
      assertThat(login(wrong, "device:" + device, "wrong!")).isEqualTo(BAD_CREDENTIALS);
    }
  }

  @Test
  void aCertificateThatIsNoneIsNamedAndEndsTheStartWithTwo() throws Exception {
    Files.writeString(file("cert.pem"), "nothing of the sort");
    NodeProcess.Refused refused = NodeProcess.startAndFail(folder.resolve("other"), tls());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.message()).contains("mqtt.tls.cert", file("cert.pem").toString());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String[] tls() {
    return new String[] {
      "mqtt.tls.port=0",
      "mqtt.tls.cert=" + file("cert.pem"),
      "mqtt.tls.key=" + file("key.pem"),
      "mqtt.tls.client-ca=" + file("ca.pem")
    };
  }

  private Socket connect(String name) throws Exception {
    Socket socket =
        authority
            .trusting(authority.identity("CN=" + name))
            .getSocketFactory()
            .createSocket("127.0.0.1", node.mqttsPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** CONNECT of MQTT 5; the reason code of its answer. */
  private static int login(Socket socket, String username, String password) throws IOException {
    int flags = 0x02 | (username.isEmpty() ? 0 : 0x80) | (password.isEmpty() ? 0 : 0x40);
    Buffer content = Buffer.buffer();
    text(content, "MQTT");
    content.appendByte((byte) 5).appendByte((byte) flags).appendShort((short) 0);
    content.appendByte((byte) 0);
    text(content, "c");
    if (!username.isEmpty()) text(content, username);
    if (!password.isEmpty()) text(content, password);
    return answer(socket, 0x10, content, 1);
  }

  /** PUBLISH at QoS 1; the reason code of its answer, 0 for a message that nobody wanted. */
  private static int publish(Socket socket, String topic) throws IOException {
    Buffer content = Buffer.buffer();
    text(content, topic);
    content.appendShort((short) 1).appendByte((byte) 0);
    content.appendString("{t:2026-02-03T10:05:00Z,55:19.72}");
    return answer(socket, 0x32, content, 2);
  }

  private static int answer(Socket socket, int type, Buffer content, int at) throws IOException {
    Buffer packet = Buffer.buffer().appendByte((byte) type).appendByte((byte) content.length());
    socket.getOutputStream().write(packet.appendBuffer(content).getBytes());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readByte();
    byte[] answer = in.readNBytes(in.readUnsignedByte());
    return answer.length > at ? answer[at] & 0xFF : 0;
  }

  private static void text(Buffer buffer, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    buffer.appendShort((short) bytes.length).appendBytes(bytes);
  }
}
