package io.mestral.model.mqtt;

/** A name and value that a publisher attached to its message (MQTT 5, 3.3.2.3.7). */
public record UserProperty(String name, String value) {}
