package io.mestral.broker.keeping;

import io.mestral.broker.session.Terms.LastWill;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is written down, one record each. Sessions are known by numbers that are used once, and the
 * messages queued for one by ordinals that are used once.
 */
sealed interface LogEntry {
  /** Whether it only makes others needless, and so room in the journal. */
  default boolean isAnEnd() {
    return false;
  }

  /**
   * How a session stands; the newest counts.
   *
   * @param disconnectedAt milliseconds of the epoch; empty while a client is connected
   * @param sentUpTo the highest ordinal that may have been sent
   * @param nextOrdinal the lowest that was not given away
   * @param leaving whether it ended, and what it has not sent goes to others of its groups
   */
  record SessionState(
      long session,
      String principal,
      String clientId,
      Duration expiry,
      OptionalLong disconnectedAt,
      Optional<LastWill> will,
      long sentUpTo,
      long nextOrdinal,
      boolean leaving)
      implements LogEntry {}

  /** A session is no more. */
  record SessionEnded(long session) implements LogEntry {
    @Override
    public boolean isAnEnd() {
      return true;
    }
  }

  /** A subscription was granted or replaced. */
  record Subscribed(long session, TopicFilter filter, Subscription subscription)
      implements LogEntry {}

  /** A subscription was taken away. */
  record Unsubscribed(long session, TopicFilter filter) implements LogEntry {
    @Override
    public boolean isAnEnd() {
      return true;
    }
  }

  /**
   * A message for all of its receivers.
   *
   * @param at when it came, in milliseconds of the epoch
   * @param retained whether it is the one to be retained for its topic
   * @param receipt set when it must not be taken a second time
   * @param piece whether this is all of it
   */
  record Message(
      Publish publish,
      long at,
      boolean retained,
      List<Copy> copies,
      Optional<Receipt> receipt,
      Piece piece)
      implements LogEntry {
    /** One that stands in a single record. */
    Message(
        Publish publish, long at, boolean retained, List<Copy> copies, Optional<Receipt> receipt) {
      this(publish, at, retained, copies, receipt, Piece.WHOLE);
    }

    Message notRetained() {
      return new Message(publish, at, false, copies, receipt, piece);
    }
  }

  /**
   * Which part of its receivers a record of a message names. Those before the last count when the
   * last is there: whoever published it remembers it by its receipt, and sends it again when a
   * crash came between.
   */
  enum Piece {
    WHOLE,
    FIRST,
    NEXT,
    LAST
  }

  /** One receiver of a message, and the subscription that wants it. */
  record Copy(long session, long ordinal, Subscription subscription) {
    private static final int PLAIN = 24;
    private static final int IDENTIFIER = 4;
    private static final int CHARACTER = 3;

    /** Bytes that it takes at most. */
    int length() {
      return PLAIN
          + IDENTIFIER * subscription.identifiers().size()
          + subscription.shared().map(filter -> CHARACTER * filter.value().length()).orElse(0);
    }
  }

  /** An exactly-once message was taken over; its identifier waits for PUBREL. */
  record Receipt(long session, int packetId) implements LogEntry {}

  /** PUBREL came: the identifier means a new message from now on. */
  record ReceiptReleased(long session, int packetId) implements LogEntry {
    @Override
    public boolean isAnEnd() {
      return true;
    }
  }

  /** PUBREC came: the message must never be sent again. */
  record Received(long session, long ordinal) implements LogEntry {
    @Override
    public boolean isAnEnd() {
      return true;
    }
  }

  /** Messages that are done with, one way or the other. */
  record Done(long session, List<Long> ordinals) implements LogEntry {
    @Override
    public boolean isAnEnd() {
      return true;
    }
  }
}
