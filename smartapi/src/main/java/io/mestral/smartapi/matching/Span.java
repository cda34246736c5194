package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.TemporalContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The time that a TemporalContext means (Smart API, section 3.2, time spans): from its start, which
 * is in it, to its end, which isn't; where both are the same, that instant.
 */
public final class Span {
  /** All time. */
  static final Span ALWAYS = new Span(Optional.empty(), Optional.empty(), Optional.empty());

  private final Optional<Instant> start;
  private final Optional<Instant> end;
  private final Optional<Period> period;

  private Span(Optional<Instant> start, Optional<Instant> end, Optional<Period> period) {
    this.start = start;
    this.end = end;
    this.period = period;
  }

  /**
   * Reads a TemporalContext.
   *
   * @param context start, end, duration and {@code during} in any combination
   * @param now what a duration without start and end is counted back from: when the message was
   *     made
   * @return the span
   * @throws SmartApiException of type InvalidParams if the parts don't fit together, or the context
   *     is empty
   */
  public static Span of(TemporalContext context, Instant now) {
    Optional<Instant> start = context.start();
    Optional<Instant> end = context.end();
    Optional<Duration> duration = context.duration();
    Optional<Period> period = context.during().map(Period::of);
    if (duration.isPresent()) {
      Duration length = duration.get();
      if (length.isNegative()) {
        throw unfit(context, "its duration " + length + " is negative");
      }
      if (start.isEmpty() && end.isEmpty()) {
        end = Optional.of(now);
      }
      if (start.isEmpty()) {
        start = end.map(last -> last.minus(length));
      } else if (end.isEmpty()) {
        end = start.map(first -> first.plus(length));
      } else if (!start.get().plus(length).equals(end.get())) {
        throw unfit(context, "start and duration end at " + start.get().plus(length));
      }
    }
    if (start.isEmpty() && end.isEmpty() && period.isEmpty()) {
      throw unfit(context, "it has neither start, end, duration nor during");
    }
    if (start.isPresent() && end.isPresent() && start.get().isAfter(end.get())) {
      throw unfit(context, "its start " + start.get() + " is after its end " + end.get());
    }
    return new Span(start, end, period);
  }

  /**
   * Says whether a moment lies in the span.
   *
   * @param moment the moment
   * @param zone where the Entity is, for {@code during}; UTC when that isn't known
   * @return whether it does
   */
  public boolean contains(Instant moment, ZoneId zone) {
    if (start.isPresent() && moment.isBefore(start.get())) {
      return false;
    }
    boolean instant = start.isPresent() && start.equals(end);
    if (end.isPresent() && (instant ? moment.isAfter(end.get()) : !moment.isBefore(end.get()))) {
      return false;
    }
    return period.isEmpty() || period.get().contains(moment.atZone(zone));
  }

  /**
   * The first moment of the span.
   *
   * @return the moment, included, or nothing when it is open
   */
  public Optional<Instant> start() {
    return start;
  }

  /**
   * The end of the span.
   *
   * @return the moment, not included unless it is the start as well, or nothing when it is open
   */
  public Optional<Instant> end() {
    return end;
  }

  private static SmartApiException unfit(TemporalContext context, String why) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The TemporalContext makes no span: "
            + why
            + ". Two of start, end and duration, or one of them, or during are wanted.",
        context.node());
  }
}
