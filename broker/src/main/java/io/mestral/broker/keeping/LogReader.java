package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Done;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.broker.keeping.LogEntry.Piece;
import io.mestral.broker.keeping.LogEntry.Receipt;
import io.mestral.broker.keeping.LogEntry.ReceiptReleased;
import io.mestral.broker.keeping.LogEntry.Received;
import io.mestral.broker.keeping.LogEntry.SessionEnded;
import io.mestral.broker.keeping.LogEntry.SessionState;
import io.mestral.broker.keeping.LogEntry.Subscribed;
import io.mestral.broker.keeping.LogEntry.Unsubscribed;
import io.mestral.broker.session.Terms.LastWill;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.mqtt.UserProperty;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what {@link LogWriter} wrote. Payloads are not copied: they hold on to their record. */
final class LogReader {
  private static final Subscription[] PLAIN = {
    Subscription.at(QoS.AT_MOST_ONCE),
    Subscription.at(QoS.AT_LEAST_ONCE),
    Subscription.at(QoS.EXACTLY_ONCE)
  };

  private static final Piece[] PIECES = Piece.values();

  private final Buffer in;
  private int at;

  private LogReader(Buffer in) {
    this.in = in;
  }

  /**
   * @throws DamagedEntry when the record can't be read
   */
  static LogEntry read(Buffer record) {
    try {
      LogReader reader = new LogReader(record);
      LogEntry entry = reader.entry();
      if (reader.at < record.length()) throw new DamagedEntry("bytes behind the end");
      return entry;
    } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
      throw new DamagedEntry(String.valueOf(broken.getMessage()), broken);
    }
  }

  private LogEntry entry() {
    int kind = octet();
    int version = octet();
    if (version != LogWriter.VERSION)
      throw new DamagedEntry("kind " + kind + " of version " + version);
    return switch (kind) {
      case LogWriter.SESSION_STATE -> state();
      case LogWriter.SESSION_ENDED -> new SessionEnded(number());
      case LogWriter.SUBSCRIBED -> new Subscribed(number(), filter(), subscription());
      case LogWriter.UNSUBSCRIBED -> new Unsubscribed(number(), filter());
      case LogWriter.MESSAGE -> message();
      case LogWriter.RECEIPT -> receipt();
      case LogWriter.RECEIPT_RELEASED -> new ReceiptReleased(number(), two());
      case LogWriter.RECEIVED -> new Received(number(), number());
      case LogWriter.DONE -> new Done(number(), ordinals());
      default -> throw new DamagedEntry("kind " + kind);
    };
  }

  private SessionState state() {
    long session = number();
    String principal = text();
    String clientId = text();
    Duration expiry = Duration.ofMillis(eight());
    long disconnectedAt = eight();
    long sentUpTo = number();
    long nextOrdinal = number();
    int flags = octet();
    return new SessionState(
        session,
        principal,
        clientId,
        expiry,
        disconnectedAt == 0 ? OptionalLong.empty() : OptionalLong.of(disconnectedAt),
        has(flags, LogWriter.HAS_WILL) ? Optional.of(will()) : Optional.empty(),
        sentUpTo,
        nextOrdinal,
        has(flags, LogWriter.IS_LEAVING));
  }

  private LastWill will() {
    Duration delay = Duration.ofSeconds(number());
    return new LastWill(publish(), delay);
  }

  private Message message() {
    int flags = octet();
    long arrived = eight();
    Optional<Receipt> receipt =
        (flags & LogWriter.HAS_RECEIPT) == 0 ? Optional.empty() : Optional.of(receipt());
    Piece piece = PIECES[flags >> LogWriter.PIECE_SHIFT & PIECES.length - 1];
    if (piece != Piece.WHOLE && receipt.isEmpty()) throw new DamagedEntry("a piece of nothing");
    int count = count();
    List<Copy> copies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) copies.add(new Copy(number(), number(), subscription()));
    return new Message(
        publish(), arrived, (flags & LogWriter.RETAINED) != 0, copies, receipt, piece);
  }

  private Receipt receipt() {
    return new Receipt(number(), two());
  }

  private List<Long> ordinals() {
    int count = count();
    List<Long> ordinals = new ArrayList<>(count);
    for (int i = 0; i < count; i++) ordinals.add(number());
    return ordinals;
  }

  private TopicFilter filter() {
    return new TopicFilter(text());
  }

  private Subscription subscription() {
    int flags = octet();
    QoS qos = QoS.of(flags & LogWriter.QOS);
    if (flags == qos.level()) return PLAIN[qos.level()];
    List<Integer> identifiers = new ArrayList<>(0);
    int count = (flags & LogWriter.HAS_IDENTIFIERS) == 0 ? 0 : count();
    for (int i = 0; i < count; i++) identifiers.add((int) number());
    return new Subscription(
        qos,
        (flags & LogWriter.NO_LOCAL) != 0,
        (flags & LogWriter.RETAIN) != 0,
        identifiers,
        (flags & LogWriter.IS_SHARED) == 0 ? Optional.empty() : Optional.of(filter()));
  }

  private Publish publish() {
    int flags = octet();
    Topic topic = new Topic(text());
    PublishProperties properties =
        (flags & LogWriter.HAS_PROPERTIES) == 0 ? PublishProperties.NONE : properties();
    return new Publish(
        topic, block(), QoS.of(flags & LogWriter.QOS), (flags & LogWriter.RETAIN) != 0, properties);
  }

  private PublishProperties properties() {
    int flags = octet();
    OptionalInt format =
        has(flags, LogWriter.PAYLOAD_FORMAT) ? OptionalInt.of(octet()) : OptionalInt.empty();
    Optional<Duration> expiry =
        has(flags, LogWriter.MESSAGE_EXPIRY)
            ? Optional.of(Duration.ofSeconds(number()))
            : Optional.empty();
    Optional<String> contentType =
        has(flags, LogWriter.CONTENT_TYPE) ? Optional.of(text()) : Optional.empty();
    Optional<Topic> responseTopic =
        has(flags, LogWriter.RESPONSE_TOPIC) ? Optional.of(new Topic(text())) : Optional.empty();
    Optional<Buffer> correlation =
        has(flags, LogWriter.CORRELATION_DATA) ? Optional.of(block()) : Optional.empty();
    int count = count();
    List<UserProperty> pairs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) pairs.add(new UserProperty(text(), text()));
    return new PublishProperties(format, expiry, contentType, responseTopic, correlation, pairs);
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private int octet() {
    return in.getUnsignedByte(at++);
  }

  private int two() {
    at += 2;
    return in.getUnsignedShort(at - 2);
  }

  private long eight() {
    at += 8;
    return in.getLong(at - 8);
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int group = octet();
      value |= (group & 0x7FL) << shift;
      if (group < 0x80) return value;
    }
    throw new DamagedEntry("a number without end");
  }

  /** A number of things of which each takes a byte at least. */
  private int count() {
    long count = number();
    if (count < 0 || count > in.length() - at) throw new DamagedEntry("too many things: " + count);
    return (int) count;
  }

  private String text() {
    int length = count();
    at += length;
    return new String(in.getBytes(at - length, at), StandardCharsets.UTF_8);
  }

  private Buffer block() {
    int length = count();
    at += length;
    return in.slice(at - length, at);
  }
}
