package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Done;
import io.mestral.broker.keeping.LogEntry.Message;
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
import io.mestral.model.mqtt.Subscription;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes records: a byte for the kind, a byte for the version of that kind, then its fields in the
 * order of {@link LogEntry}. Numbers are big endian or, where most are small, in groups of seven
 * bits, the lowest first; a text or block has its length in front. {@link LogReader} reads every
 * version there ever was.
 */
final class LogWriter {
  static final int VERSION = 1;

  static final int SESSION_STATE = 1;
  static final int SESSION_ENDED = 2;
  static final int SUBSCRIBED = 3;
  static final int UNSUBSCRIBED = 4;
  static final int MESSAGE = 5;
  static final int RECEIPT = 6;
  static final int RECEIPT_RELEASED = 7;
  static final int RECEIVED = 8;
  static final int DONE = 9;

  static final int RETAINED = 1; // of a message
  static final int HAS_RECEIPT = 2;
  static final int PIECE_SHIFT = 2; // two bits

  static final int HAS_WILL = 1; // of a session
  static final int IS_LEAVING = 2;

  static final int QOS = 3; // of a publication or subscription
  static final int RETAIN = 4;
  static final int NO_LOCAL = 8;
  static final int HAS_PROPERTIES = 16;
  static final int HAS_IDENTIFIERS = 32;
  static final int IS_SHARED = 64;

  static final int PAYLOAD_FORMAT = 1; // of properties
  static final int MESSAGE_EXPIRY = 2;
  static final int CONTENT_TYPE = 4;
  static final int RESPONSE_TOPIC = 8;
  static final int CORRELATION_DATA = 16;

  private static final int AROUND_A_MESSAGE = 64; // bytes, for a first guess

  private final Buffer out;

  private LogWriter(int kind, int expectedBytes) {
    out = Buffer.buffer(expectedBytes).appendByte((byte) kind).appendByte((byte) VERSION);
  }

  static Buffer write(LogEntry entry) {
    if (entry instanceof Message message) return message(message);
    if (entry instanceof Done done) return done(done);
    if (entry instanceof Received received) return received(received);
    if (entry instanceof Receipt receipt) return receipt(RECEIPT, receipt);
    if (entry instanceof ReceiptReleased released)
      return receipt(RECEIPT_RELEASED, new Receipt(released.session(), released.packetId()));
    if (entry instanceof Subscribed subscribed) return subscribed(subscribed);
    if (entry instanceof Unsubscribed unsubscribed) return unsubscribed(unsubscribed);
    if (entry instanceof SessionState state) return state(state);
    return ended((SessionEnded) entry);
  }

  private static Buffer message(Message message) {
    Publish publish = message.publish();
    int topic = publish.topic().value().length();
    LogWriter writer =
        new LogWriter(
            MESSAGE,
            AROUND_A_MESSAGE + topic + publish.payload().length() + 16 * message.copies().size());
    writer.octet(
        (message.retained() ? RETAINED : 0)
            | (message.receipt().isPresent() ? HAS_RECEIPT : 0)
            | message.piece().ordinal() << PIECE_SHIFT);
    writer.out.appendLong(message.at());
    message.receipt().ifPresent(writer::put);
    writer.number(message.copies().size());
    for (Copy copy : message.copies()) {
      writer.number(copy.session());
      writer.number(copy.ordinal());
      writer.put(copy.subscription());
    }
    writer.put(publish);
    return writer.out;
  }

  private static Buffer done(Done done) {
    LogWriter writer = new LogWriter(DONE, 16 + 3 * done.ordinals().size());
    writer.number(done.session());
    writer.number(done.ordinals().size());
    done.ordinals().forEach(writer::number);
    return writer.out;
  }

  private static Buffer received(Received received) {
    LogWriter writer = new LogWriter(RECEIVED, 16);
    writer.number(received.session());
    writer.number(received.ordinal());
    return writer.out;
  }

  private static Buffer receipt(int kind, Receipt receipt) {
    LogWriter writer = new LogWriter(kind, 16);
    writer.put(receipt);
    return writer.out;
  }

  private static Buffer subscribed(Subscribed subscribed) {
    LogWriter writer = new LogWriter(SUBSCRIBED, 64);
    writer.number(subscribed.session());
    writer.text(subscribed.filter().value());
    writer.put(subscribed.subscription());
    return writer.out;
  }

  private static Buffer unsubscribed(Unsubscribed unsubscribed) {
    LogWriter writer = new LogWriter(UNSUBSCRIBED, 64);
    writer.number(unsubscribed.session());
    writer.text(unsubscribed.filter().value());
    return writer.out;
  }

  private static Buffer state(SessionState state) {
    LogWriter writer = new LogWriter(SESSION_STATE, 128);
    writer.number(state.session());
    writer.text(state.principal());
    writer.text(state.clientId());
    writer.out.appendLong(state.expiry().toMillis());
    writer.out.appendLong(state.disconnectedAt().orElse(0));
    writer.number(state.sentUpTo());
    writer.number(state.nextOrdinal());
    writer.octet((state.will().isPresent() ? HAS_WILL : 0) | (state.leaving() ? IS_LEAVING : 0));
    state.will().ifPresent(writer::put);
    return writer.out;
  }

  private static Buffer ended(SessionEnded ended) {
    LogWriter writer = new LogWriter(SESSION_ENDED, 16);
    writer.number(ended.session());
    return writer.out;
  }

  private void put(LastWill will) {
    number(will.delay().toSeconds());
    put(will.message());
  }

  private void put(Receipt receipt) {
    number(receipt.session());
    out.appendUnsignedShort(receipt.packetId());
  }

  private void put(Subscription subscription) {
    int identifiers = subscription.identifiers().size();
    octet(
        subscription.qos().level()
            | (subscription.retainAsPublished() ? RETAIN : 0)
            | (subscription.noLocal() ? NO_LOCAL : 0)
            | (identifiers > 0 ? HAS_IDENTIFIERS : 0)
            | (subscription.shared().isPresent() ? IS_SHARED : 0));
    if (identifiers > 0) number(identifiers);
    subscription.identifiers().forEach(this::number);
    subscription.shared().ifPresent(filter -> text(filter.value()));
  }

  private void put(Publish publish) {
    boolean plain = publish.properties() == PublishProperties.NONE;
    octet(publish.qos().level() | (publish.retain() ? RETAIN : 0) | (plain ? 0 : HAS_PROPERTIES));
    text(publish.topic().value());
    if (!plain) put(publish.properties());
    block(publish.payload());
  }

  private void put(PublishProperties properties) {
    octet(
        (properties.payloadFormat().isPresent() ? PAYLOAD_FORMAT : 0)
            | (properties.messageExpiry().isPresent() ? MESSAGE_EXPIRY : 0)
            | (properties.contentType().isPresent() ? CONTENT_TYPE : 0)
            | (properties.responseTopic().isPresent() ? RESPONSE_TOPIC : 0)
            | (properties.correlationData().isPresent() ? CORRELATION_DATA : 0));
    properties.payloadFormat().ifPresent(this::octet);
    properties.messageExpiry().ifPresent(expiry -> number(expiry.toSeconds()));
    properties.contentType().ifPresent(this::text);
    properties.responseTopic().ifPresent(topic -> text(topic.value()));
    properties.correlationData().ifPresent(this::block);
    number(properties.userProperties().size());
    properties
        .userProperties()
        .forEach(
            property -> {
              text(property.name());
              text(property.value());
            });
  }

  private void octet(int value) {
    out.appendByte((byte) value);
  }

  private void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    octet((int) rest);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    out.appendBytes(bytes);
  }

  private void block(Buffer bytes) {
    number(bytes.length());
    out.appendBuffer(bytes);
  }
}
