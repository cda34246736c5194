package io.mestral.model.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a subscriber was granted for a filter (MQTT 5, 3.8.3.1).
 *
 * @param noLocal not to be given what the subscriber itself publishes
 * @param retainAsPublished keep the publisher's retain flag
 * @param identifiers subscription identifiers; several when overlapping subscriptions are merged
 * @param shared the filter, when it is one that a group shares
 */
public record Subscription(
    QoS qos,
    boolean noLocal,
    boolean retainAsPublished,
    List<Integer> identifiers,
    Optional<TopicFilter> shared) {

  /** Copies the list. */
  public Subscription {
    identifiers = List.copyOf(identifiers);
  }

  /** One that isn't shared. */
  public Subscription(
      QoS qos, boolean noLocal, boolean retainAsPublished, List<Integer> identifiers) {
    this(qos, noLocal, retainAsPublished, identifiers, Optional.empty());
  }

  /** The same, as a member's of a group. */
  public Subscription sharing(TopicFilter filter) {
    return new Subscription(qos, noLocal, retainAsPublished, identifiers, Optional.of(filter));
  }

  /** Everything at this quality of service, without options. */
  public static Subscription at(QoS qos) {
    return new Subscription(qos, false, false, List.of());
  }

  /**
   * One subscription for two that overlap: the higher quality of service (MQTT-3.3.4-2) and all
   * identifiers (MQTT-3.3.4-4).
   */
  public Subscription mergedWith(Subscription other) {
    return new Subscription(
        qos.compareTo(other.qos) >= 0 ? qos : other.qos,
        noLocal && other.noLocal,
        retainAsPublished || other.retainAsPublished,
        Stream.concat(identifiers.stream(), other.identifiers.stream()).toList());
  }
}
