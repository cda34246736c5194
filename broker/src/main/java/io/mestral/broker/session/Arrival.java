package io.mestral.broker.session;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;

/**
 * A message that came for a session.
 *
 * @param subscription the one it matched
 * @param at when, in milliseconds of the epoch: from then on its expiry runs (MQTT-3.3.2-5)
 */
public record Arrival(Publish publish, Subscription subscription, long at) {}
