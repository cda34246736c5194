package io.mestral.broker.wire;

import java.util.Optional;

/** The versions of MQTT that are spoken. */
public enum ProtocolVersion {
  /** MQTT 3.1, protocol name {@code MQIsdp}. */
  V3_1("MQIsdp", 3),
  /** MQTT 3.1.1. */
  V3_1_1("MQTT", 4),
  /** MQTT 5.0. */
  V5("MQTT", 5);

  private static final int BRIDGE_BIT = 0x80;

  private final String protocolName;
  private final int level;

  ProtocolVersion(String protocolName, int level) {
    this.protocolName = protocolName;
    this.level = level;
  }

  /** Whether packets have properties and reason codes. */
  public boolean isV5() {
    return this == V5;
  }

  /** As people write it. */
  public String label() {
    return switch (this) {
      case V3_1 -> "3.1";
      case V3_1_1 -> "3.1.1";
      case V5 -> "5.0";
    };
  }

  static Optional<ProtocolVersion> of(String protocolName, int level) {
    for (ProtocolVersion version : values())
      if (version.level == level && version.protocolName.equals(protocolName))
        return Optional.of(version);
    return Optional.empty();
  }

  static boolean isProtocolName(String text) {
    return text.equals(V3_1.protocolName) || text.equals(V5.protocolName);
  }

  /**
   * The version in which to refuse a level that isn't spoken. A client newer than MQTT 5 reads
   * reason codes; older ones, and bridges that try level 0x80 + 3 or 4 first, read return codes.
   */
  static ProtocolVersion toRefuse(int level) {
    return level > V5.level && level < BRIDGE_BIT ? V5 : V3_1_1;
  }
}
