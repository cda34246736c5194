package io.mestral.model.mqtt;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;

/** A topic name or filter that MQTT forbids; the message says which rule it breaks. */
public final class MalformedTopic extends IllegalArgumentException implements Refusing {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /** {@code refusal} tells a bad name from a bad filter on the wire. */
  public MalformedTopic(Refusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  @Override
  public Refusal refusal() {
    return refusal;
  }
}
