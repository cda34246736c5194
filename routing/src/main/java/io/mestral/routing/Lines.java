package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be kept, in a line for each topic: so nothing is kept before what its publisher
 * sent to the topic earlier, and what is retained is kept in the order of arrival, whoever sent it.
 * Bounded by what publishers may leave unanswered. Any thread may use it.
 */
final class Lines {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

  private final Map<String, Line> lines = new ConcurrentHashMap<>(); // changed under the lock
  private final ReentrantLock lock = new ReentrantLock(); // no other is taken under it

  /** The steps of a topic; the first one stands there until it is done. */
  private static final class Line {
    final Queue<Step> steps = new ArrayDeque<>();
    final Set<Subscriber> senders = new HashSet<>(); // of all that stood here
    boolean moving;
  }

  private record Step(
      Future<?> ready, Supplier<Future<Delivery>> keeping, Promise<Delivery> outcome) {
    void take() {
      try {
        keeping.get().onComplete(outcome);
      } catch (Throwable unforeseen) { // those behind it must not stand there for ever
        LOG.error("a message that waited was not kept", unforeseen);
        outcome.tryFail(unforeseen);
      }
    }
  }

  /**
   * Has a message kept once it is ready, whatever that came to, and all that it must not overtake
   * was handed to the keeper: at once if there is nothing like that.
   */
  Future<Delivery> inTurn(
      Publish publish, Origin origin, Future<?> ready, Supplier<Future<Delivery>> keeping) {
    String topic = publish.topic().value();
    boolean waits = !ready.isComplete();
    if (!waits && !lines.containsKey(topic)) return keeping.get();
    Promise<Delivery> outcome = Promise.promise();
    if (!join(publish, origin, new Step(ready, keeping, outcome), waits)) return keeping.get();
    if (waits) ready.onComplete(done -> advance(topic));
    return outcome.future();
  }

  /** Whether it has to stand in line. */
  private boolean join(Publish publish, Origin origin, Step step, boolean waits) {
    lock.lock();
    try {
      Line there = lines.get(publish.topic().value());
      if (!waits && (there == null || !isBehind(there, publish, origin))) return false;
      Line line = there == null ? new Line() : there;
      line.steps.add(step);
      origin.sender().ifPresent(line.senders::add);
      lines.put(publish.topic().value(), line);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isBehind(Line line, Publish publish, Origin origin) {
    return publish.retain() || origin.sender().filter(line.senders::contains).isPresent();
  }

  /** One thread at a time takes the steps of a topic, in a loop, however many they are. */
  private void advance(String topic) {
    Optional<Step> next = begin(topic);
    while (next.isPresent()) {
      next.get().take();
      next = goOn(topic);
    }
  }

  private Optional<Step> begin(String topic) {
    lock.lock();
    try {
      Line line = lines.get(topic);
      return line == null || line.moving ? Optional.empty() : first(line);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Step> goOn(String topic) {
    lock.lock();
    try {
      Line line = lines.get(topic);
      line.steps.remove();
      if (line.steps.isEmpty()) lines.remove(topic);
      return first(line);
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Step> first(Line line) {
    Optional<Step> ready =
        Optional.ofNullable(line.steps.peek()).filter(step -> step.ready().isComplete());
    line.moving = ready.isPresent();
    return ready;
  }
}
