package io.mestral.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mestral.broker.Options;
import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.TestBroker;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/**
 * A client that says anything, in any order, to a running broker. Afterwards another client is
 * served as ever, nothing unforeseen was logged, and the connection is gone.
 */
public final class ConversationFuzz {
  private static final int MAX_STEPS = 64;
  private static final String[] TOPICS = {"a", "a/b", "$SYS/x", "", "a/+", "/", "ü", "$share/g/a"};
  private static final String[] FILTERS = {
    "a", "#", "+/b", "a/#/b", "$share/g/#", "$share//a", "$queue/a", "", "$SYS/#", "a/b"
  };
  private static final int[] ACKS = {0x40, 0x50, 0x62, 0x70};

  private static TestBroker broker;
  private static RawClient healthy;
  private static ListAppender<ILoggingEvent> alarms;
  private static int round;

  private ConversationFuzz() {}

  /** Called once, first. */
  public static void fuzzerInitialize() throws Exception {
    broker = TestBroker.start(Options.usual().refusedPerSecond(0).build());
    healthy = RawClient.v3(broker, "healthy");
    healthy.send(Packets.subscribe(4, 1, "healthy/+", 1)).expect("90 03 00 01 01");
    alarms = new ListAppender<>();
    alarms.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(alarms);
  }

  /** Called once, last. */
  public static void fuzzerTearDown() throws Exception {
    healthy.close();
    broker.close();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Script script = new Script(input);
    try (RawClient client = RawClient.to(broker)) {
      client.send(conversation(script)).readToTheEnd();
    }
    expectHealth();
    for (ILoggingEvent event : alarms.list)
      if (event.getLevel().isGreaterOrEqual(Level.WARN) && event.getThrowableProxy() != null)
        throw new AssertionError(event + ": " + event.getThrowableProxy().getMessage());
    alarms.list.clear();
    assertThat(broker.sessions().size()).isLessThan(32);
  }

  /** Somebody else publishes what somebody subscribed to, while and after the other spoke. */
  private static void expectHealth() throws IOException {
    int id = 1 + round++ % 60_000;
    healthy.send(Packets.publish(4, 2, "healthy/x", id).raw("" + id));
    boolean acknowledged = false;
    boolean delivered = false;
    while (!acknowledged || !delivered) {
      byte[] packet = healthy.receiveBytes();
      if (packet[0] == 0x40) {
        acknowledged = true;
      } else {
        delivered = true;
        healthy.send(Packets.of(0x40).two(Buffer.buffer(packet).getUnsignedShort(13)));
      }
    }
  }

  private static Buffer conversation(Script script) {
    int level = 3 + script.next() % 3;
    Buffer all = Buffer.buffer();
    if (script.next() % 16 > 0) all.appendBuffer(connect(level, script));
    for (int step = 0; step < MAX_STEPS && script.hasMore(); step++)
      all.appendBuffer(packet(level, script));
    return all;
  }

  private static Buffer connect(int level, Script script) {
    Packets connect = Packets.connect(level, script.properties());
    int flags = script.next();
    if (flags % 4 > 0) flags = flags & 0x02; // mostly one that is let in
    connect.onlyFlags(flags).id("f" + script.next() % 3);
    if ((flags & 0x04) != 0) {
      if (level == 5) connect.properties(script.properties());
      connect.text(script.of(TOPICS)).raw(script.block());
    }
    return connect.raw(script.bytes(script.next() % 2 * 4)).bytes();
  }

  private static Buffer packet(int level, Script script) {
    int id = script.next() % 4;
    return switch (script.next() % 10) {
      case 0 -> Buffer.buffer(script.bytes(script.next()));
      case 1, 2 -> publish(level, id, script);
      case 3 -> subscribe(level, id, script);
      case 4 -> Packets.unsubscribe(level, id, script.of(FILTERS)).bytes();
      case 5, 6 -> Packets.of(ACKS[script.next() % 4]).two(id).raw(script.bytes(id)).bytes();
      case 7 -> Packets.of(0xC0).bytes();
      case 8 -> Packets.of(0xF0).octet(script.next()).properties(script.properties()).bytes();
      default -> Packets.of(0xE0).raw(script.block()).bytes();
    };
  }

  private static Buffer publish(int level, int id, Script script) {
    int flags = script.next() & 0x0F;
    Packets publish = Packets.of(0x30 | flags).text(script.of(TOPICS));
    if ((flags & 0x06) != 0) publish.two(id);
    if (level == 5) publish.properties(script.properties());
    return publish.raw(script.block()).bytes();
  }

  private static Buffer subscribe(int level, int id, Script script) {
    Packets subscribe = Packets.of(0x82).two(id);
    if (level == 5) subscribe.properties(script.properties());
    int filters = 1 + script.next() % 3;
    for (int i = 0; i < filters; i++)
      subscribe.text(script.of(FILTERS)).octet(script.next() & 0x3F);
    return subscribe.bytes();
  }
}
