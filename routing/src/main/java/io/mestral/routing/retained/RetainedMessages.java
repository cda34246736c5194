package io.mestral.routing.retained;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The last message of each topic that was to be retained, in memory, so many bytes of them at most.
 * Any thread may use it.
 *
 * <p>Topics stand in an order in which all topics below one level are neighbours; a look-up by
 * filter jumps over those that can't match. Nothing here depends on how many levels a topic has.
 */
public final class RetainedMessages {
  private static final String OF_THIS_NODE = "$SYS/";
  private static final int TURNS = 64;
  private static final int SWEPT_FOR_ROOM = 64;
  private static final Delivery FULL =
      new Refused(Refusal.QUEUE_FULL, "no room for more retained messages");

  private final ConcurrentNavigableMap<String, Retained> messages = new ConcurrentSkipListMap<>();
  private final Lock[] turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toArray(Lock[]::new);
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final long maxBytes;
  private final Clock clock;
  private volatile String swept = "";

  /** None yet. */
  public RetainedMessages(long maxBytes, Clock clock) {
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * Puts a message in the place of the one before, or an empty one, which clears it (MQTT-3.3.1-5,
   * -6). Subscribers see that at once; when it turns out that it can't be kept, what stood there
   * comes back unless somebody else has replaced it.
   *
   * @return the answer of {@code keeping}, or {@code QUEUE_FULL} when there is no room for the
   *     message; then it goes on without being retained
   */
  public Future<Delivery> change(Publish publish, Keeping keeping) {
    if (bytes.get() + publish.weight() > maxBytes) sweep(SWEPT_FOR_ROOM);
    String key = TopicOrder.key(publish.topic());
    Lock turn = turn(key);
    turn.lock();
    try {
      Optional<Retained> before = Optional.ofNullable(messages.get(key));
      boolean clears = publish.payload().length() == 0;
      if (clears && before.isEmpty()) return keeping.keep(publish, false);
      Retained now = new Retained(publish, clock.millis(), numbers.incrementAndGet(), before);
      if (!hasRoomFor(now, before)) return keeping.keep(publish.notRetained(), false).map(FULL);
      place(key, before, Optional.of(now));
      boolean needed = !isOfThisNode(publish);
      return keeping
          .keep(needed ? publish : publish.notRetained(), needed)
          .onComplete(done -> settle(key, now, done.succeeded()));
    } finally {
      turn.unlock();
    }
  }

  /**
   * Has a change written down. Called before {@link #change} returns, in the order in which the
   * changes of a topic are seen; they must be kept in that order.
   */
  @FunctionalInterface
  public interface Keeping {
    /**
     * Fails when it isn't kept.
     *
     * @param needed whether it must be kept for the sake of being retained, whoever else wants it
     */
    Future<Delivery> keep(Publish publish, boolean needed);
  }

  /**
   * Puts back what was kept before the node was started, in the order it was kept; no bound
   * applies, and an empty message clears.
   *
   * @param arrivedAt milliseconds of the epoch
   */
  public void restore(Publish publish, long arrivedAt) {
    String key = TopicOrder.key(publish.topic());
    Lock turn = turn(key);
    turn.lock();
    try {
      Retained now = new Retained(publish, arrivedAt, numbers.incrementAndGet(), Optional.empty());
      boolean stays = now.isMessage() && now.at(clock.millis()).isPresent();
      Optional<Retained> before = Optional.ofNullable(messages.get(key));
      place(key, before, stays ? now.kept() : Optional.empty());
    } finally {
      turn.unlock();
    }
  }

  /**
   * The messages that fit a filter, to be read bit by bit. Those that come at QoS 1 or 2 after this
   * call are left out: the subscription, made before, brings them.
   */
  public RetainedCursor matching(TopicFilter filter, QoS granted) {
    return new RetainedCursor(messages, filter, granted, numbers.get(), clock);
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** How much memory they take, roughly. */
  public long bytes() {
    return bytes.get();
  }

  /**
   * Drops expired messages among the next so many; called again and again, it comes round. Meant to
   * be called by a timer.
   */
  public void sweep(int most) {
    long now = clock.millis();
    Iterator<Map.Entry<String, Retained>> entries =
        messages.tailMap(swept, false).entrySet().iterator();
    String last = "";
    for (int i = 0; i < most && entries.hasNext(); i++) {
      Map.Entry<String, Retained> entry = entries.next();
      last = entry.getKey();
      if (entry.getValue().hasExpired(now)) drop(last, entry.getValue());
    }
    swept = entries.hasNext() ? last : "";
  }

  private boolean hasRoomFor(Retained now, Optional<Retained> before) {
    long growth = now.weight() - weight(before);
    return growth <= 0 || bytes.get() + growth <= maxBytes;
  }

  private void settle(String key, Retained change, boolean kept) {
    Lock turn = turn(key);
    turn.lock();
    try {
      Optional<Retained> lasting = kept ? change.kept() : change.failed();
      if (messages.get(key) == change) place(key, Optional.of(change), lasting);
    } finally {
      turn.unlock();
    }
  }

  private void drop(String key, Retained expired) {
    Lock turn = turn(key);
    turn.lock();
    try {
      boolean stands = messages.get(key) == expired;
      if (stands && expired.isSettled()) place(key, Optional.of(expired), Optional.empty());
    } finally {
      turn.unlock();
    }
  }

  /** Changes what stands at a topic; only in its turn. */
  private void place(String key, Optional<Retained> before, Optional<Retained> now) {
    bytes.addAndGet(weight(now) - weight(before));
    count.addAndGet(messages(now) - messages(before));
    if (now.isPresent()) messages.put(key, now.get());
    else messages.remove(key);
  }

  private Lock turn(String key) {
    return turns[Math.floorMod(key.hashCode(), TURNS)];
  }

  /** What a node says of itself is not true of the next one. */
  private static boolean isOfThisNode(Publish publish) {
    return publish.topic().value().startsWith(OF_THIS_NODE);
  }

  private static long weight(Optional<Retained> retained) {
    return retained.map(Retained::weight).orElse(0L);
  }

  private static int messages(Optional<Retained> retained) {
    return retained.filter(Retained::isMessage).isPresent() ? 1 : 0;
  }
}
