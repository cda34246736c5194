package io.mestral.broker.telemetry.event;

/** Hears of events, on whatever event loop they happen; must be quick and must not fail. */
@FunctionalInterface
public interface EventSink {
  /** Hears nothing. */
  EventSink SILENT = event -> {};

  /** Hears of one event. */
  void accept(BrokerEvent event);

  /** One that tells this and then another. */
  default EventSink and(EventSink other) {
    return event -> {
      accept(event);
      other.accept(event);
    };
  }
}
