package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.broker.keeping.LogEntry.Piece;
import io.mestral.broker.keeping.LogEntry.Receipt;
import io.mestral.broker.keeping.Outflow.Offer;
import io.mestral.config.SessionOptions.WhenFull;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Delivered;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.mestral.routing.Keeper;
import io.mestral.routing.Origin;
import io.mestral.routing.Receiver;
import io.mestral.storage.Journal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes down what must outlive the node: one record for a message, whoever it is for. Whoever
 * publishes is answered, and whoever subscribed is sent it, when that is on disk; so no crash can
 * make two messages out of one.
 */
public final class MessageLog implements Keeper {
  private static final Delivery QUEUE_FULL =
      new Refused(Refusal.QUEUE_FULL, "a subscriber's queue is full");

  private final Parts parts;
  private final RetainedPlaces retained;

  /** Over this journal; it is read by {@link KeptSessions#open}. */
  public MessageLog(Journal journal, KeepingOptions options, Clock clock, KeepingMeters meters) {
    LogStream log = new LogStream(journal);
    Totals totals = new Totals(options.memory());
    this.parts = new Parts(log, new Settlements(log), totals, options, clock, meters);
    this.retained = new RetainedPlaces(totals);
    meters.measure(totals, log);
  }

  Parts parts() {
    return parts;
  }

  RetainedPlaces retained() {
    return retained;
  }

  @Override
  public Future<Delivery> keep(Publish publish, Origin origin, List<Receiver> receivers) {
    Optional<KeptSession> sender = sender(origin);
    if (sender.isEmpty()) return write(queued(publish, receivers), publish.retain());
    Promise<Delivery> outcome = Promise.promise();
    Optional<Future<Delivery>> before =
        sender.get().inflow().begin(origin.exactlyOnceId(), outcome.future());
    if (before.isPresent()) return before.get();
    Queued queued = queued(publish, receivers);
    queued.sender = sender;
    queued.packetId = origin.exactlyOnceId();
    write(queued, publish.retain()).onComplete(outcome);
    return outcome.future();
  }

  /** Keeps a message for one receiver; it is not to be retained. */
  Future<Delivery> keepFor(Receiver receiver, Publish publish) {
    return write(queued(publish, List.of(receiver)), false);
  }

  private static Optional<KeptSession> sender(Origin origin) {
    return origin.exactlyOnceId() == 0
        ? Optional.empty()
        : origin.sender().map(KeptSession.class::cast);
  }

  private Queued queued(Publish publish, List<Receiver> receivers) {
    Queued queued = new Queued(publish, parts.clock().millis());
    for (Receiver receiver : receivers) {
      KeptSession session = (KeptSession) receiver.subscriber();
      Offer offer = session.outflow().offer(publish, receiver.subscription(), queued.at);
      offer.entry().ifPresent(entry -> queued.add(session, entry));
      if (offer.full()) queued.full++;
    }
    return queued;
  }

  private Future<Delivery> write(Queued queued, boolean retain) {
    boolean refused = queued.full > 0 && parts.options().sessions().whenFull() == WhenFull.REFUSE;
    Delivery answer = refused ? QUEUE_FULL : new Delivered(queued.copies.size() + queued.full);
    queued.rememberUnless(refused);
    if (!retain && queued.copies.isEmpty() && queued.sender.isEmpty())
      return Future.succeededFuture(answer);
    if (retain) queued.turn = retained.begin(queued.publish.topic().value());
    Message message =
        new Message(queued.publish, queued.at, retain, queued.copies, queued.receipt());
    List<Message> pieces = Pieces.of(message);
    return (pieces.size() == 1 ? writeWhole(queued, message) : writePieces(queued, pieces))
        .map(answer);
  }

  private Future<?> writeWhole(Queued queued, Message message) {
    return parts
        .log()
        .append(
            message,
            new LogStream.Outcome() {
              @Override
              public void kept(long sequence, int length) {
                MessageLog.this.kept(queued, message, 0, sequence, length);
              }

              @Override
              public void failed(Throwable cause) {
                MessageLog.this.failed(queued, message.retained());
              }
            });
  }

  /**
   * Nobody is sent it before all of it is on disk. The last piece, which makes the others count, is
   * written when those are: what failed halfway leaves nothing that is believed.
   */
  private Future<?> writePieces(Queued queued, List<Message> pieces) {
    int last = pieces.size() - 1;
    WrittenPieces written = new WrittenPieces(pieces);
    Runnable settled = parts.log().hold();
    List<Future<?>> first = new ArrayList<>(last);
    for (int i = 0; i < last; i++) first.add(parts.log().append(pieces.get(i), written.outcome(i)));
    return Future.join(first)
        .compose(done -> writeLast(queued, pieces, written))
        .onComplete(
            done -> {
              try {
                settle(queued, pieces, written, done.succeeded());
              } finally {
                settled.run();
              }
            });
  }

  /** Another message for the topic may have come meanwhile: then this one isn't to be retained. */
  private Future<Long> writeLast(Queued queued, List<Message> pieces, WrittenPieces written) {
    int last = pieces.size() - 1;
    Message end = pieces.get(last);
    Supplier<Future<Long>> write =
        () -> parts.log().append(pieces.get(last), written.outcome(last));
    if (!end.retained()) return write.get();
    return retained
        .writeInTurn(queued.publish.topic().value(), queued.turn, write)
        .orElseGet(
            () -> {
              pieces.set(last, end.notRetained());
              return write.get();
            });
  }

  private void settle(Queued queued, List<Message> pieces, WrittenPieces written, boolean isWhole) {
    if (isWhole) {
      written.forEach(
          (piece, from, sequence, length) -> kept(queued, piece, from, sequence, length));
    } else {
      written.forEach((piece, from, sequence, length) -> takeBack(piece));
      failed(queued, pieces.get(pieces.size() - 1).retained());
    }
  }

  private void kept(Queued queued, Message message, int from, long sequence, int length) {
    boolean remembered = message.receipt().isPresent() && isEnd(message);
    int holders = message.copies().size() + (message.retained() ? 1 : 0) + (remembered ? 1 : 0);
    int share = length / Math.max(1, holders);
    if (message.retained())
      retained.kept(message.publish().topic().value(), sequence, share, isEmpty(message.publish()));
    if (remembered) queued.remembered(sequence, share);
    queued.kept(from, from + message.copies().size(), sequence, share);
  }

  private void failed(Queued queued, boolean retain) {
    if (retain) retained.failed(queued.publish.topic().value());
    queued.failed();
  }

  /** Says of a piece that is on disk, while the last isn't, that it is not true. */
  private void takeBack(Message piece) {
    for (Copy copy : piece.copies()) parts.settlements().add(copy.session(), copy.ordinal());
  }

  /** Whether all of the message is there when this is. */
  static boolean isEnd(Message message) {
    return message.piece() == Piece.WHOLE || message.piece() == Piece.LAST;
  }

  /** Notes where a retained message that was moved stands. */
  LogStream.Outcome retainedAt(String topic, boolean clears) {
    return new LogStream.Outcome() {
      @Override
      public void kept(long sequence, int length) {
        retained.kept(topic, sequence, length, clears);
      }

      @Override
      public void failed(Throwable cause) {
        retained.failed(topic);
      }
    };
  }

  static boolean isEmpty(Publish publish) {
    return publish.payload().length() == 0;
  }

  /** A message that got its places in queues and is about to be written down. */
  private static final class Queued {
    final Publish publish;
    final long at;
    final List<KeptSession> sessions = new ArrayList<>(1);
    final List<Entry> entries = new ArrayList<>(1);
    final List<Copy> copies = new ArrayList<>(1);
    Optional<KeptSession> sender = Optional.empty();
    int packetId;
    int full;
    long turn; // among those that are to be retained for its topic

    Queued(Publish publish, long at) {
      this.publish = publish;
      this.at = at;
    }

    void add(KeptSession session, Entry entry) {
      sessions.add(session);
      entries.add(entry);
      copies.add(new Copy(session.number(), entry.ordinal(), entry.subscription()));
    }

    /** A client that reads a refusal takes the identifier for free (MQTT-4.3.3-9). */
    void rememberUnless(boolean refused) {
      if (!refused || sender.isEmpty() || !sender.get().readsReasons()) return;
      sender.get().inflow().failed(packetId);
      sender = Optional.empty();
    }

    Optional<Receipt> receipt() {
      return sender.map(session -> new Receipt(session.number(), packetId));
    }

    void remembered(long sequence, int share) {
      sender.ifPresent(session -> session.inflow().kept(packetId, sequence, share));
    }

    /** Its receivers from one to another. */
    void kept(int from, int to, long sequence, int share) {
      for (int i = from; i < to; i++)
        sessions.get(i).outflow().kept(entries.get(i), sequence, share);
    }

    void failed() {
      sender.ifPresent(session -> session.inflow().failed(packetId));
      for (int i = 0; i < entries.size(); i++) sessions.get(i).outflow().failed(entries.get(i));
    }
  }
}
