package io.mestral.verticles.auth;

import io.mestral.model.access.PublishRights;
import io.mestral.model.mqtt.Topic;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Asks once for each of the few topics that a client publishes to. All answers are forgotten the
 * moment that a device changes, for then a topic may be somebody else's.
 */
final class RememberedRights implements PublishRights {
  private static final int TOPICS = 8; // a power of two

  private final PublishRights asked;
  private final LongSupplier changes;
  private final Predicate<Topic> retains;
  private final AtomicReferenceArray<Answer> answers = new AtomicReferenceArray<>(TOPICS);

  /**
   * @param changes how often anything changed that an answer may depend on
   * @param retains where messages may be retained
   */
  RememberedRights(PublishRights asked, LongSupplier changes, Predicate<Topic> retains) {
    this.asked = asked;
    this.changes = changes;
    this.retains = retains;
  }

  @Override
  public Future<Boolean> mayPublish(Topic topic) {
    int slot = slot(topic.value());
    long now = changes.getAsLong(); // before asking: a change meanwhile makes the answer old
    Answer known = answers.get(slot);
    if (known != null && known.changes == now && known.topic.equals(topic))
      return PublishRights.decided(known.may);
    return asked.mayPublish(topic).onSuccess(may -> answers.set(slot, new Answer(topic, now, may)));
  }

  @Override
  public boolean mayRetain(Topic topic) {
    return retains.test(topic);
  }

  /** A client's topics differ at their ends; a hash of the whole would cost more than comparing. */
  private static int slot(String topic) {
    int length = topic.length();
    return (length * 31 + topic.charAt(length - 1)) & TOPICS - 1;
  }

  private record Answer(Topic topic, long changes, boolean may) {}
}
