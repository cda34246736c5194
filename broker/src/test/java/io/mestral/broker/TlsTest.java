package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.config.TlsOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The TLS port: real handshakes on real files. */
class TlsTest {
  @TempDir Path folder;
  private TestAuthority authority;
  private Path cert;
  private Path key;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority("tests");
    cert = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    authority.identity("CN=first").write(cert, key);
    broker = TestBroker.start(Options.usual().maxPacket(64 << 10).tls(files()).build());
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsOfTlsCarryPackets(String version) throws Exception {
    SSLSocket socket = connect(authority.trusting());
    socket.setEnabledProtocols(new String[] {version});
    try (RawClient client = RawClient.over(socket).send(Packets.connect(5).id("tls"))) {
      client.expectAccepted().expectNothing();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void aClientOverTlsAndOneWithoutReachEachOther() throws Exception {
    try (RawClient plain = RawClient.v3(broker, "plain")) {
      Mqtt5BlockingClient secure = hive();
      secure.connect();
      try (Mqtt5BlockingClient.Mqtt5Publishes came =
          secure.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
        secure.subscribeWith().topicFilter("a").send();
        plain.send("30 04 00 01 61 2A");
        assertThat(came.receive(10, TimeUnit.SECONDS)).isPresent();
      }
      secure.disconnect();
    }
  }

  @Test
  void theLastWordReachesAClientThatIsStillSending() throws Exception {
    SSLSocket socket = connect(authority.trusting());
    try (RawClient client = RawClient.over(socket).send(Packets.connect(5).id("loud"))) {
      client.expectAccepted();
      Buffer broken = Buffer.buffer().appendByte((byte) 0xF8).appendByte((byte) 0);
      client.send(broken.appendBytes(new byte[48 << 10]));
      client.expectDisconnect(0x81);
    }
  }

  @Test
  void theEndOfTheNodeIsToldOverTlsToo() throws Exception {
    try (RawClient client =
        RawClient.over(connect(authority.trusting())).send(Packets.connect(5).id("last"))) {
      client.expectAccepted();
      broker.stop();
      client.expectDisconnect(0x8B);
    }
  }

  @Test
  void whoSpeaksNoTlsIsClosedAndCounted() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", broker.tlsPort());
        RawClient client = RawClient.over(socket)) {
      client.send(Packets.connect(5).id("plain"));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer.length).as("nothing but an alert").isLessThan(8);
      assertThat(broker.count("connections.unopened")).isEqualTo(1);
    }
  }

  @Test
  void aNewCertificateIsShownToNewConnectionsAndOldOnesGoOn() throws Exception {
    try (RawClient old =
        RawClient.over(connect(authority.trusting())).send(Packets.connect(5).id("old"))) {
      old.expectAccepted();
      authority.identity("CN=second").write(cert, key);
      broker.show(files());
      for (int i = 0; i < 2; i++) // each event loop's turn
      assertThat(shown()).isEqualTo("CN=second");
      old.expectNothing();
    }
  }

  private TlsOptions files() {
    return new TlsOptions(0, cert, key, Optional.empty());
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", broker.tlsPort());
  }

  private String shown() throws Exception {
    try (SSLSocket socket = connect(authority.trusting())) {
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  private Mqtt5BlockingClient hive() throws Exception {
    return Mqtt5Client.builder()
        .identifier("secure")
        .serverHost("127.0.0.1")
        .serverPort(broker.tlsPort())
        .sslConfig(MqttClientSslConfig.builder().trustManagerFactory(authority.trust()).build())
        .buildBlocking();
  }
}
