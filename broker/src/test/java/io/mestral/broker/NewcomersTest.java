package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.TestBroker.People;
import io.mestral.config.TlsOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes from an address where many connections came to nothing. */
class NewcomersTest {
  private static final int PER_SECOND = 4;
  private static final int AT_ONCE = 20 * PER_SECOND;
  private static final int FOR_A_SECOND = AT_ONCE + PER_SECOND; // refused: it is to be waited for
  private static final Duration LONG = Duration.ofSeconds(30); // longer than a client waits here

  @Test
  void underTheRateNobodyWaits() throws Exception {
    try (TestBroker broker = start(PER_SECOND)) {
      refuse(broker, AT_ONCE / 2);
      connectInVain(broker, AT_ONCE / 2);
      try (RawClient newcomer = RawClient.v3(broker, "newcomer")) {
        newcomer.expectNothing();
      }
      assertThat(broker.count("connections.held")).isZero();
    }
  }

  @Test
  void clientsThatAreLetInCostNothing() throws Exception {
    try (TestBroker broker = start(1)) {
      for (int i = 0; i < 20; i++)
        try (RawClient client = RawClient.v3(broker, "client")) {
          client.expectNothing();
        }
      assertThat(broker.count("connections.held")).isZero();
    }
  }

  @Test
  void beyondTheRateANewcomerWaitsAndIsServedThen() throws Exception {
    try (TestBroker broker = start(PER_SECOND)) {
      long start = System.nanoTime();
      refuse(broker, FOR_A_SECOND);
      try (RawClient newcomer = RawClient.v3(broker, "newcomer")) {
        assertSecondsSince(start, 1);
        newcomer.expectNothing();
      }
    }
  }

  @Test
  void aRefusedConnectCountsLikeABrokenOne() throws Exception {
    try (TestBroker broker = start(PER_SECOND)) {
      long start = System.nanoTime();
      connectInVain(broker, FOR_A_SECOND);
      try (RawClient newcomer = RawClient.v3(broker, "newcomer")) {
        assertSecondsSince(start, 1);
        newcomer.expectNothing();
      }
    }
  }

  @Test
  void theConnectTimeoutBeginsWhenTheWaitIsOver() throws Exception {
    try (TestBroker broker =
        TestBroker.start(
            Options.usual().refusedPerSecond(10).connectTimeout(Duration.ofSeconds(1)).build())) {
      long start = System.nanoTime();
      refuse(broker, 220); // two seconds, but nobody waits longer than the connect timeout
      try (RawClient silent = RawClient.to(broker)) {
        silent.expectClosed();
        assertSecondsSince(start, 2);
      }
    }
  }

  @Test
  void whoIsConnectedAndWhoComesFromElsewhereNoticeNothing() throws Exception {
    try (TestBroker broker = start(1);
        RawClient connected = RawClient.v5(broker, "connected")) {
      refuse(broker, 40);
      try (RawClient newcomer = wait(broker, 1).get(0).send(Packets.connect(5).id("newcomer"));
          RawClient other = elsewhere(broker)) {
        connected.expectNothing();
        other.send(Packets.connect(5).id("other")).expectAccepted().expectNothing();
        assertThat(broker.count("connects", "result", "accepted")).isEqualTo(2);
        newcomer.cut();
      }
    }
  }

  @Test
  void zeroIsNoLimit() throws Exception {
    try (TestBroker broker = start(0)) {
      refuse(broker, 250);
      try (RawClient newcomer = RawClient.v3(broker, "newcomer")) {
        newcomer.expectNothing();
      }
    }
  }

  @Test
  void whoeverLeavesWhileItWaitsFreesItsPlace() throws Exception {
    try (TestBroker broker =
        TestBroker.start(
            Options.usual().maxConnections(1).refusedPerSecond(1).connectTimeout(LONG).build())) {
      refuse(broker, 40);
      List<RawClient> waiting = wait(broker, 65);
      try (RawClient other = elsewhere(broker)) {
        other.expectClosed();
        assertThat(broker.count("disconnects", "reason", "no room")).isEqualTo(1);
      }
      for (RawClient client : waiting) client.close();
      broker.awaitCount("disconnects", 40 + 1 + 65);
      assertThat(broker.count("disconnects", "reason", "left waiting")).isEqualTo(65);
      try (RawClient other = elsewhere(broker)) {
        other.send(Packets.connect(5).id("other")).expectAccepted();
      }
    }
  }

  @Test
  void onlySoManyOfOneAddressWait() throws Exception {
    try (TestBroker broker = start(1)) {
      refuse(broker, 40);
      List<RawClient> waiting = wait(broker, 256);
      try (RawClient tooMany = RawClient.to(broker)) {
        tooMany.expectClosed();
      }
      assertThat(broker.count("disconnects", "reason", "turned back")).isEqualTo(1);
      try (RawClient other = elsewhere(broker)) {
        other.send(Packets.connect(5).id("other")).expectAccepted();
      }
      for (RawClient client : waiting) client.close();
    }
  }

  @Test
  void aNodeThatStopsLetsGoOfWhoWaits() throws Exception {
    try (TestBroker broker = start(1)) {
      refuse(broker, 40);
      try (RawClient newcomer = wait(broker, 1).get(0)) {
        broker.stop();
        newcomer.expectClosed();
        broker.awaitCount("disconnects", 40 + 1); // seen there before it is counted
        assertThat(broker.count("disconnects", "reason", "shutdown")).isEqualTo(1);
      }
    }
  }

  @Test
  void behindAProxyItIsTheAddressThatTheProxyNames() throws Exception {
    try (TestBroker broker =
        TestBroker.start(Options.usual().behindProxy().refusedPerSecond(PER_SECOND).build())) {
      long start = System.nanoTime();
      List<RawClient> refused = new ArrayList<>();
      for (int i = 0; i < FOR_A_SECOND; i++)
        refused.add(proxied(broker, "203.0.113.9", Buffer.buffer(new byte[] {0, 0})));
      end(refused);
      double before = broker.count("connections.held");
      Buffer connect = Packets.connect(5).id("").bytes();
      try (RawClient other = proxied(broker, "203.0.113.8", connect)) {
        other.expectAccepted();
        assertThat(broker.count("connections.held")).isEqualTo(before);
      }
      try (RawClient newcomer = proxied(broker, "203.0.113.9", connect)) {
        newcomer.expectAccepted().expectNothing(); // though CONNECT came with the header
        assertSecondsSince(start, 1);
      }
    }
  }

  @Test
  void overTlsItWaitsToo(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority("tests");
    TlsOptions files =
        new TlsOptions(0, folder.resolve("cert"), folder.resolve("key"), Optional.empty());
    authority.identity("CN=server").write(files.cert(), files.key());
    try (TestBroker broker =
        TestBroker.start(Options.usual().tls(files).refusedPerSecond(PER_SECOND).build())) {
      long start = System.nanoTime();
      refuse(broker, FOR_A_SECOND + PER_SECOND);
      Socket socket =
          authority.trusting().getSocketFactory().createSocket("127.0.0.1", broker.tlsPort());
      try (RawClient newcomer = RawClient.over(socket)) {
        newcomer.send(Packets.connect(5).id("newcomer")).expectAccepted().expectNothing();
        assertSecondsSince(start, 2);
      }
    }
  }

  @Test
  void overWebSocketItWaitsToo() throws Exception {
    try (TestBroker broker = start(PER_SECOND)) {
      int port = broker.openWebSocketPort();
      long start = System.nanoTime();
      refuse(broker, FOR_A_SECOND);
      try (RawWebSocket newcomer = RawWebSocket.v5(port, "newcomer")) {
        assertSecondsSince(start, 1);
        newcomer.expectNothing();
      }
    }
  }

  private static TestBroker start(int perSecond) throws Exception {
    People nobody = new People(List.of(), new OpenPolicy());
    return TestBroker.start(
        Options.usual().refusedPerSecond(perSecond).connectTimeout(LONG).build(),
        nobody,
        nobody.policy());
  }

  /** By bytes that are no CONNECT; all of them are taken in before the first is refused. */
  private static void refuse(TestBroker broker, int times) throws IOException {
    double before = broker.count("bytes.received");
    List<RawClient> refused = new ArrayList<>();
    for (int i = 0; i < times; i++) refused.add(RawClient.to(broker).send("10"));
    broker.awaitCount("bytes.received", before + times);
    for (RawClient client : refused) client.send("00");
    end(refused);
  }

  private static void end(List<RawClient> refused) throws IOException {
    for (RawClient client : refused) {
      client.expectClosed();
      client.close();
    }
  }

  /** By the answer to a CONNECT with a name that nobody has. */
  private static void connectInVain(TestBroker broker, int times) throws IOException {
    for (int i = 0; i < times; i++)
      try (RawClient refused = RawClient.to(broker)) {
        refused.send(Packets.connect(5).flags(0x80).id("").text("nobody")).expectTurnedAway(0x86);
      }
  }

  private static List<RawClient> wait(TestBroker broker, int sockets) throws IOException {
    double before = broker.count("connections.held");
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < sockets; i++) waiting.add(RawClient.to(broker));
    broker.awaitCount("connections.held", before + sockets);
    return waiting;
  }

  private static RawClient elsewhere(TestBroker broker) throws IOException {
    InetAddress other = InetAddress.getByName("127.0.0.2");
    return RawClient.over(new Socket("127.0.0.1", broker.port(), other, 0));
  }

  private static RawClient proxied(TestBroker broker, String address, Buffer bytes)
      throws IOException {
    String header = "PROXY TCP4 " + address + " 192.0.2.1 50000 1883\r\n";
    Buffer both = Buffer.buffer(header.getBytes(StandardCharsets.US_ASCII)).appendBuffer(bytes);
    return RawClient.to(broker).send(both);
  }

  private static void assertSecondsSince(long start, int least) {
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(least));
  }
}
