package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;

/**
 * One message at the qualities of service that its receivers were granted. All receivers of the
 * same quality get the same object, so that a broker can encode it once for a thousand of them.
 */
final class Capped {
  private final Publish original;
  private final Publish[] weaker = new Publish[QoS.values().length];

  Capped(Publish original) {
    this.original = original;
  }

  Publish at(QoS granted) {
    if (original.qos().compareTo(granted) <= 0) return original;
    int level = granted.level();
    if (weaker[level] == null) weaker[level] = original.cappedAt(granted);
    return weaker[level];
  }
}
