package io.mestral.routing;

import io.mestral.model.mqtt.Subscription;

/** One that wants a message, and what it was granted. */
public record Receiver(Subscriber subscriber, Subscription subscription) {}
