package io.mestral.routing.request.presence;

import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When gateways were heard last, and how often they said that they would be (Smart API, section
 * 2.17). Whoever never sent a Heartbeat promised nothing. Any thread may tell and ask.
 */
public final class Presence {
  /** How often a Heartbeat comes that doesn't say it. */
  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

  private static final int SUSPECT_AFTER = 3;
  private static final int LOST_AFTER = 10;

  private final Map<String, Seen> gateways = new ConcurrentHashMap<>();
  private final Clock clock;

  private record Seen(Instant at, Optional<Duration> interval) {}

  /** How it is with a gateway. */
  public enum State {
    /** It never said how often it would be heard. */
    UNKNOWN,
    /** It was heard within three intervals. */
    ALIVE,
    /** It wasn't. */
    SUSPECT,
    /** It wasn't heard for ten intervals. */
    LOST
  }

  /** Nobody was heard yet. */
  public Presence(Clock clock) {
    this.clock = clock;
  }

  /**
   * A gateway says something. A Heartbeat with an interval of 0 is its last word (section 8.2):
   * whether it is connected counts alone then, until it sends another.
   */
  public void heard(String gateway, Message message) {
    Optional<Duration> interval =
        message instanceof Heartbeat beat
            ? Optional.of(beat.interval().orElse(USUAL_INTERVAL))
            : Optional.empty();
    boolean isLast = interval.filter(one -> one.isZero() || one.isNegative()).isPresent();
    Instant now = clock.instant();
    gateways.compute(
        gateway,
        (same, before) ->
            new Seen(
                now,
                isLast
                    ? Optional.empty()
                    : interval.or(() -> Optional.ofNullable(before).flatMap(Seen::interval))));
  }

  /** When a gateway was heard last; empty when it wasn't since the node started. */
  public Optional<Instant> heardAt(String gateway) {
    return Optional.ofNullable(gateways.get(gateway)).map(Seen::at);
  }

  /** How it is with a gateway now. */
  public State of(String gateway) {
    Seen seen = gateways.get(gateway);
    if (seen == null || seen.interval().isEmpty()) return State.UNKNOWN;
    Duration silence = Duration.between(seen.at(), clock.instant());
    Duration interval = seen.interval().get();
    if (silence.compareTo(interval.multipliedBy(LOST_AFTER)) >= 0) return State.LOST;
    return silence.compareTo(interval.multipliedBy(SUSPECT_AFTER)) >= 0
        ? State.SUSPECT
        : State.ALIVE;
  }
}
