package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.mestral.config.TlsOptions;
import io.vertx.core.buffer.Buffer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A broker behind a proxy that tells who connects. */
class ProxyProtocolTest {
  private static final Buffer VERSION_1 =
      Buffer.buffer("PROXY TCP4 203.0.113.9 192.0.2.1 50000 1883\r\n");
  private static final Buffer VERSION_2 =
      Buffer.buffer(
          HexFormat.of()
              .parseHex(
                  "0d0a0d0a000d0a515549540a" // the signature
                      + "21" // version 2, PROXY
                      + "11" // TCP over IPv4
                      + "000c"
                      + "cb007109" // 203.0.113.9
                      + "c0000201" // 192.0.2.1
                      + "c350" // 50000
                      + "075b"));

  private final Log log = new Log();
  private TestAuthority authority;
  private TestBroker broker;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    authority = new TestAuthority("tests");
    Path cert = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    authority.identity("CN=server").write(cert, key);
    broker =
        TestBroker.start(
            Options.usual()
                .behindProxy()
                .connectTimeout(Duration.ofSeconds(1))
                .tls(new TlsOptions(0, cert, key, Optional.empty()))
                .build());
    log.listen();
  }

  @AfterEach
  void stop() throws Exception {
    log.leave();
    broker.close();
  }

  @Test
  void theFirstVersionOfTheHeaderIsRead() throws Exception {
    addressIsTakenFrom(VERSION_1);
  }

  @Test
  void theSecondVersionOfTheHeaderIsRead() throws Exception {
    addressIsTakenFrom(VERSION_2);
  }

  @Test
  void theHeaderComesBeforeTheHandshakeOfTls() throws Exception {
    Socket socket = new Socket("127.0.0.1", broker.tlsPort());
    socket.getOutputStream().write(VERSION_2.getBytes());
    SSLSocketFactory tls = authority.trusting().getSocketFactory();
    try (RawClient client =
        RawClient.over(tls.createSocket(socket, "127.0.0.1", broker.tlsPort(), true))) {
      client.send(Packets.connect(5).id("secure")).expectAccepted();
    }
    assertThat(log.next()).contains("203.0.113.9:50000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY TCP4 nonsense\r\n", "GET / HTTP/1.1\r\n\r\n"})
  void whatIsNoHeaderIsClosed(String words) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Buffer.buffer(words.getBytes(StandardCharsets.US_ASCII))).expectClosed();
    }
  }

  @Test
  void aClientThatComesPastTheProxyIsClosed() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5).id("sneaky")).expectClosed();
    }
  }

  @Test
  void whoSaysNothingIsClosedInTime() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.expectClosed();
    }
  }

  private void addressIsTakenFrom(Buffer header) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      Buffer both = Buffer.buffer().appendBuffer(header);
      client.send(both.appendBuffer(Packets.connect(5).id("far").bytes())).expectAccepted();
    }
    assertThat(log.next()).contains("203.0.113.9:50000");
  }

  /** What the broker says about connections that end. */
  private static final class Log extends AppenderBase<ILoggingEvent> {
    private final Logger logger =
        (Logger) LoggerFactory.getLogger("io.mestral.broker.connection.Disconnector");
    private final Level before = logger.getLevel();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    void listen() {
      start();
      logger.setLevel(Level.DEBUG);
      logger.addAppender(this);
    }

    void leave() {
      logger.detachAppender(this);
      logger.setLevel(before);
    }

    String next() throws InterruptedException {
      return lines.poll(10, TimeUnit.SECONDS);
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
    }
  }
}
