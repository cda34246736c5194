package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.EventSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every event into the log, for those who look closely. */
public final class EventLog implements EventSink {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  @Override
  public void accept(BrokerEvent event) {
    if (LOG.isDebugEnabled()) LOG.debug("{}: {}", event.client(), Masking.printable(event.text()));
  }
}
