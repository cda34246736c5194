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
import io.mestral.routing.Router;
import io.mestral.storage.JournalRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the stream from front to end and makes sessions of it. */
final class Restoration {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
  private static final int AT_ONCE = 1024; // records, fewer when they are large
  private static final int MOST_UNDER_WAY = 1024; // records handed to the journal at once

  private final KeptSessions sessions;
  private final MessageLog log;
  private final Parts parts;
  private final Router router;
  private final NavigableMap<Long, Draft> drafts = new TreeMap<>();
  private final Deque<KeptSession> leavers = new ArrayDeque<>();
  private final Map<Receipt, List<Found>> pieces = new HashMap<>();
  private long records;
  private long last;

  /** A message in its record. */
  private record Found(Message message, long sequence, int length) {}

  Restoration(KeptSessions sessions, MessageLog log, Router router) {
    this.sessions = sessions;
    this.log = log;
    this.parts = log.parts();
    this.router = router;
  }

  /** Fails when the journal can't be read at all. */
  Future<Void> run() {
    Promise<Void> restored = Promise.promise();
    step(restored);
    return restored.future();
  }

  /** One batch; not a chain of futures, for a chain as long as the log is deeper than a stack. */
  private void step(Promise<Void> restored) {
    parts
        .log()
        .read(last, AT_ONCE)
        .onComplete(
            batch -> {
              try {
                if (batch.failed()) {
                  restored.fail(batch.cause());
                } else if (batch.result().isEmpty()) {
                  finish();
                  noteDepartures(restored);
                } else {
                  batch.result().forEach(this::take);
                  step(restored);
                }
              } catch (RuntimeException unforeseen) {
                restored.fail(unforeseen);
              }
            });
  }

  private void take(JournalRecord record) {
    last = record.sequence();
    records++;
    parts.log().longer(last, LogStream.lengthOf(record));
    parts.reading(record).ifPresent(entry -> take(entry, LogStream.lengthOf(record)));
  }

  private void take(LogEntry entry, int length) {
    if (entry instanceof Message message) take(message, length);
    else if (entry instanceof Done done)
      done.ordinals().forEach(ordinal -> draft(done.session()).done(ordinal));
    else if (entry instanceof Received received)
      draft(received.session()).received(received.ordinal(), last, length);
    else if (entry instanceof Receipt receipt)
      draft(receipt.session()).receipts.put(receipt.packetId(), new Draft.At(last, length));
    else if (entry instanceof ReceiptReleased released)
      draft(released.session()).receipts.remove(released.packetId());
    else if (entry instanceof Subscribed subscribed)
      draft(subscribed.session()).subscribed(subscribed, last, length);
    else if (entry instanceof Unsubscribed unsubscribed)
      draft(unsubscribed.session()).grants.remove(unsubscribed.filter());
    else if (entry instanceof SessionState state) draft(state.session()).state(state, last, length);
    else if (entry instanceof SessionEnded ended) drop(ended.session());
  }

  private Draft draft(long session) {
    return drafts.computeIfAbsent(session, number -> new Draft(parts));
  }

  private void drop(long session) {
    sessions.used(session);
    Draft draft = drafts.remove(session);
    if (draft != null) draft.discard();
  }

  private void take(Message message, int length) {
    Found found = new Found(message, last, length);
    switch (message.piece()) {
      case WHOLE -> take(found);
      case FIRST -> pieces.put(message.receipt().orElseThrow(), new ArrayList<>(List.of(found)));
      case NEXT -> // the front of the stream may have gone with those before it
          pieces
              .computeIfAbsent(message.receipt().orElseThrow(), first -> new ArrayList<>())
              .add(found);
      case LAST -> {
        Optional.ofNullable(pieces.remove(message.receipt().orElseThrow()))
            .ifPresent(others -> others.forEach(this::take));
        take(found);
      }
    }
  }

  private void take(Found found) {
    Message message = found.message;
    boolean retained = message.retained();
    Optional<Receipt> receipt = message.receipt().filter(any -> MessageLog.isEnd(message));
    int holders = message.copies().size() + (retained ? 1 : 0) + (receipt.isPresent() ? 1 : 0);
    int share = found.length / Math.max(1, holders);
    Draft.At at = new Draft.At(found.sequence, share);
    receipt.ifPresent(known -> draft(known.session()).receipts.put(known.packetId(), at));
    for (Copy copy : message.copies()) draft(copy.session()).queued(message, copy, at);
    if (!retained) return;
    String topic = message.publish().topic().value();
    log.retained().restore(topic, found.sequence, share, MessageLog.isEmpty(message.publish()));
    router.retained().restore(message.publish(), message.at());
  }

  /**
   * Sessions of which nothing says that they are, ended, and the end of the stream saw to it. Of
   * two of the same client the later one counts, so that one comes first.
   */
  private void finish() {
    int restored = 0;
    for (Map.Entry<Long, Draft> entry : drafts.descendingMap().entrySet()) {
      sessions.used(entry.getKey());
      Draft draft = entry.getValue();
      Optional<KeptSession> session = draft.restore(entry.getKey(), sessions);
      if (session.isPresent()) restored++;
      session.filter(draft::isToBeNoted).ifPresent(leavers::add);
    }
    drafts.clear();
    pieces.clear(); // nobody was told that these were kept
    if (records > 0) LOG.info("{} sessions restored from {} records", restored, records);
  }

  /**
   * Writes down that clients that were connected when the node ended have left: else each start
   * would begin to count anew when their sessions and wills are due.
   */
  private void noteDepartures(Promise<Void> noted) {
    List<Future<?>> written = new ArrayList<>();
    while (!leavers.isEmpty() && written.size() < MOST_UNDER_WAY)
      written.add(leavers.remove().noteDeparture());
    if (written.isEmpty()) {
      noted.complete();
      return;
    }
    Future.join(written)
        .onComplete(
            done -> {
              if (done.failed()) LOG.warn("not noted who has left: {}", done.cause().getMessage());
              noteDepartures(noted);
            });
  }
}
