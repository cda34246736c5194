package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.TlsOptions;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that show a certificate, and what becomes of the name in it. */
class ClientCertificateTest {
  private final Queue<Credentials> shown = new ConcurrentLinkedQueue<>();
  private TestAuthority authority;
  private TestBroker broker;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    authority = new TestAuthority("tests");
    Path cert = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Path ca = folder.resolve("ca.pem");
    authority.identity("CN=server").write(cert, key);
    authority.write(ca);
    broker =
        TestBroker.start(
            Options.usual().tls(new TlsOptions(0, cert, key, Optional.of(ca))).build(),
            credentials -> {
              shown.add(credentials);
              return Future.succeededFuture(Login.ANONYMOUS);
            },
            new OpenPolicy());
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void theCommonNameIsWhatTheClientIsKnownBy() throws Exception {
    assertThat(nameTaken(authority.trusting(authority.identity("O=Roof,CN=device:7"))))
        .contains("device:7");
  }

  @Test
  void aSubjectWithTwoCommonNamesNamesNobody() throws Exception {
    assertThat(nameTaken(authority.trusting(authority.identity("CN=ada,CN=device:7")))).isEmpty();
  }

  @Test
  void aClientWithoutCertificateMayShowSomethingElse() throws Exception {
    assertThat(nameTaken(authority.trusting())).isEmpty();
  }

  @Test
  void aCertificateOfAnotherAuthorityEndsTheHandshake() throws Exception {
    TestAuthority other = new TestAuthority("tests"); // the same name, but another key
    SSLContext context = authority.trusting(other.identity("CN=device:7"));
    assertThatThrownBy(() -> nameTaken(context)).isInstanceOf(IOException.class);
    assertThat(shown).isEmpty();
    assertThat(broker.count("connections.unopened")).isEqualTo(1);
  }

  private Optional<String> nameTaken(SSLContext context) throws IOException {
    try (RawClient client =
        RawClient.over(context.getSocketFactory().createSocket("127.0.0.1", broker.tlsPort()))) {
      client.send(Packets.connect(5).id("c")).expectAccepted();
      return shown.element().certificate();
    }
  }
}
