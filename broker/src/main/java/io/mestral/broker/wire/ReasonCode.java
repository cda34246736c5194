package io.mestral.broker.wire;

import io.mestral.model.outcome.Refusal;

/**
 * Reason codes (MQTT 5, 2.4) that say how things stand rather than why a message was refused, and
 * how refusals fit into packets whose list of codes is shorter.
 */
public final class ReasonCode {
  /** Done; in a client's DISCONNECT: forget the will. */
  public static final int SUCCESS = 0x00;

  /** In a client's DISCONNECT: publish the will. */
  public static final int DISCONNECT_WITH_WILL = 0x04;

  /** Taken, though nobody is there to have it. */
  public static final int NO_MATCHING_SUBSCRIBERS = 0x10;

  /** Nothing to unsubscribe. */
  public static final int NO_SUBSCRIPTION_EXISTED = 0x11;

  /** In AUTH: the other side is to go on. */
  public static final int CONTINUE_AUTHENTICATION = 0x18;

  /** In a client's AUTH: it proves once more who it is. */
  public static final int REAUTHENTICATE = 0x19;

  /** From here on it is an error. */
  public static final int UNSPECIFIED_ERROR = 0x80;

  /** The node stops in order. */
  public static final int SERVER_SHUTTING_DOWN = 0x8B;

  /** Nothing was heard for one and a half times the keep-alive. */
  public static final int KEEP_ALIVE_TIMEOUT = 0x8D;

  /** The same client connected again. */
  public static final int SESSION_TAKEN_OVER = 0x8E;

  /** A request with the identifier of something that isn't done. */
  public static final int PACKET_IDENTIFIER_IN_USE = 0x91;

  /** PUBREC or PUBREL for an identifier that isn't open. */
  public static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;

  /** A topic alias of 0, or above what CONNACK allowed. */
  public static final int TOPIC_ALIAS_INVALID = 0x94;

  /** An operator wants it so. */
  public static final int ADMINISTRATIVE_ACTION = 0x98;

  /** The node stops in order, and another one is there for its clients. */
  public static final int USE_ANOTHER_SERVER = 0x9C;

  /** A shared subscription where CONNACK said that there are none. */
  public static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;

  private ReasonCode() {}

  /** Whether the code refuses. */
  public static boolean isError(int code) {
    return code >= UNSPECIFIED_ERROR;
  }

  /** The code for PUBACK and PUBREC (MQTT-3.4.2-1, 3.5.2-1). */
  public static int inPublishAck(Refusal refusal) {
    return switch (refusal) {
      case NOT_AUTHORIZED, TOPIC_NAME_INVALID, QUOTA_EXCEEDED, QUEUE_FULL, PAYLOAD_INVALID ->
          refusal.mqttReason();
      case TOO_LARGE -> Refusal.QUOTA_EXCEEDED.mqttReason();
      default -> Refusal.INTERNAL.mqttReason();
    };
  }

  /** The code for SUBACK (MQTT-3.9.3-2). */
  public static int inSuback(Refusal refusal) {
    return switch (refusal) {
      case NOT_AUTHORIZED, TOPIC_FILTER_INVALID, QUOTA_EXCEEDED -> refusal.mqttReason();
      default -> Refusal.INTERNAL.mqttReason();
    };
  }

  /**
   * The return code of a 3.1 or 3.1.1 CONNACK; 0 when none fits, and then the connection is closed
   * without a word (MQTT-3.2.2-6).
   */
  public static int inOldConnack(int code) {
    return switch (code) {
      case 0x84 -> 0x01;
      case 0x85 -> 0x02;
      case 0x80, 0x83, 0x88, 0x89, 0x97 -> 0x03;
      case 0x86 -> 0x04;
      case 0x87 -> 0x05;
      default -> 0x00;
    };
  }
}
