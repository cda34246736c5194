package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.keeping.MessageQueue.Outgoing;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.config.SessionOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A queue beside a naive model of it, step by step. */
class MessageQueuePropertyTest {
  private static final int WINDOW = 3;
  private static final long WEIGHT = 97;
  private static final long ROOM = 12 * WEIGHT;

  private static final Subscription SUBSCRIPTION = Subscription.at(QoS.EXACTLY_ONCE);

  private final TreeMap<Long, Model> model = new TreeMap<>();
  private final List<Long> lost = new ArrayList<>();
  private MessageQueue queue;
  private Totals totals;
  private long sequence;

  /** A message as it should be. */
  private static final class Model {
    final Entry entry;
    State state = State.PENDING;
    boolean again;

    Model(Entry entry) {
      this.entry = entry;
    }
  }

  @Property(tries = 500)
  void itDoesWhatTheModelSays(@ForAll @Size(max = 200) List<@IntRange(max = 99) Integer> steps) {
    model.clear();
    lost.clear();
    totals = new Totals(1 << 20);
    SessionOptions options =
        new SessionOptions(
            Duration.ofDays(1),
            1000,
            1000,
            ROOM,
            Duration.ofDays(1),
            SessionOptions.WhenFull.DROP_OLDEST,
            1 << 20);
    queue = new MessageQueue(options, totals, this::lost);
    for (int step : steps) {
      take(step);
      check();
    }
  }

  private void take(int step) {
    if (step < 35) add();
    else if (step < 55) settle(step % 5 > 0);
    else if (step < 75) send();
    else if (step < 95) answer(step);
    else rewind();
  }

  private void add() {
    Publish publish = Publish.of(new Topic("a"), Buffer.buffer(), QoS.EXACTLY_ONCE);
    Optional<Entry> entry = queue.add(publish, SUBSCRIPTION, 0);
    entry.ifPresent(added -> model.put(added.ordinal(), new Model(added)));
  }

  private void lost(Entry entry, Drop why) {
    assertThat(why).isEqualTo(Drop.QUEUE_FULL);
    Model gone = model.remove(entry.ordinal());
    assertThat(gone.state).isEqualTo(State.READY);
    assertThat(gone.again).as("what may have been sent is not dropped").isFalse();
    lost.add(entry.ordinal());
  }

  /** One of those that are being written is on disk, or isn't, in any order. */
  private void settle(boolean kept) {
    List<Model> pending =
        model.values().stream().filter(message -> message.state == State.PENDING).toList();
    if (pending.isEmpty()) return;
    Model one = pending.get((int) (sequence * 7 % pending.size()));
    if (kept) {
      assertThat(queue.ready(one.entry, ++sequence, 10)).isTrue();
      one.state = State.READY;
    } else {
      queue.undo(one.entry);
      model.remove(one.entry.ordinal());
    }
  }

  private void send() {
    List<Long> expected = new ArrayList<>();
    long room = WINDOW - model.values().stream().filter(m -> isOpen(m)).count();
    for (Model message : model.values()) {
      if (message.state == State.SENT || message.state == State.RELEASED) continue;
      if (message.state == State.PENDING || expected.size() >= room) break;
      if (message.again && !message.entry.hasBody())
        queue.body(message.entry, Publish.of(new Topic("a"), Buffer.buffer(), QoS.EXACTLY_ONCE));
      expected.add(message.entry.ordinal());
    }
    List<Outgoing> sent = queue.take(WINDOW, 0);
    assertThat(sent.stream().map(out -> out.entry().ordinal())).isEqualTo(expected);
    for (Outgoing out : sent) {
      Model message = model.get(out.entry().ordinal());
      assertThat(out.entry().isAgain()).isEqualTo(message.again);
      message.state = State.SENT;
    }
  }

  /** What was released on an earlier connection doesn't count against the window of this one. */
  private static boolean isOpen(Model message) {
    return message.state == State.SENT || message.state == State.RELEASED && !message.again;
  }

  /** PUBREC, or PUBCOMP, for one that is in flight. */
  private void answer(int step) {
    List<Model> flying =
        model.values().stream()
            .filter(m -> m.state == State.SENT || m.state == State.RELEASED)
            .toList();
    if (flying.isEmpty()) return;
    Model one = flying.get(step % flying.size());
    Entry found = queue.inFlight(one.entry.packetId()).orElseThrow();
    assertThat(found).isSameAs(one.entry);
    if (one.state == State.SENT) {
      found.state(State.RELEASED);
      one.state = State.RELEASED;
      one.again = false;
    } else {
      queue.finish(found);
      model.remove(found.ordinal());
    }
  }

  private void rewind() {
    queue.rewind();
    for (Model message : model.values()) {
      if (message.state == State.SENT) message.state = State.READY;
      else if (message.state != State.RELEASED) continue;
      message.again = true;
    }
  }

  private void check() {
    assertThat(queue.length()).isEqualTo(model.size());
    assertThat(queue.bytes()).isEqualTo(model.size() * (WEIGHT)).isLessThanOrEqualTo(ROOM);
    assertThat(totals.messages()).isEqualTo(model.size());
    assertThat(totals.bytes()).isEqualTo(queue.bytes());
    long bodies =
        model.values().stream()
            .filter(m -> m.state != State.PENDING && m.entry.hasBody())
            .mapToLong(m -> m.entry.size())
            .sum();
    assertThat(totals.bodies()).isEqualTo(bodies);
    Set<Integer> identifiers = new HashSet<>();
    model.values().forEach(m -> assertThat(identifiers.add(m.entry.packetId())).isTrue());
    assertThat(queue.released().stream().map(Entry::ordinal))
        .isEqualTo(
            model.values().stream()
                .filter(m -> m.state == State.RELEASED)
                .map(m -> m.entry.ordinal())
                .toList());
  }
}
