package io.mestral.model.outcome;

/**
 * Why something was refused. One list for MQTT and HTTP: the numbers of both protocols stand here
 * and nowhere else.
 */
public enum Refusal {
  /** The packet breaks the encoding rules. */
  MALFORMED(0x81, 400),
  /** The packet is well formed and comes at the wrong time or with the wrong content. */
  PROTOCOL_ERROR(0x82, 400),
  /** Something went wrong here that nobody foresaw. */
  INTERNAL(0x83, 500),
  /** This protocol version is not spoken. */
  UNSUPPORTED_VERSION(0x84, 400),
  /** The client identifier is not acceptable. */
  CLIENT_ID_INVALID(0x85, 400),
  /** User name, password or token are wrong. */
  BAD_CREDENTIALS(0x86, 401),
  /** The asker is known and may not do this. */
  NOT_AUTHORIZED(0x87, 403),
  /** Something that is needed is away just now; trying later can help. */
  UNAVAILABLE(0x88, 503),
  /** The authentication method is not offered. */
  BAD_AUTHENTICATION_METHOD(0x8C, 400),
  /** The topic filter is not legal or not allowed to anybody. */
  TOPIC_FILTER_INVALID(0x8F, 400),
  /** The topic name is not legal or not allowed to anybody. */
  TOPIC_NAME_INVALID(0x90, 400),
  /** More unacknowledged messages than the server said it takes. */
  RECEIVE_MAXIMUM_EXCEEDED(0x93, 429),
  /** The packet is larger than allowed. */
  TOO_LARGE(0x95, 413),
  /** A bound on rate, space or number is reached. */
  QUOTA_EXCEEDED(0x97, 429),
  /**
   * As much waits as may wait, for a receiver that is away or for subscribers to come; others may
   * have the message.
   */
  QUEUE_FULL(0x97, 429),
  /** The payload isn't what its topic or type promises. */
  PAYLOAD_INVALID(0x99, 400);

  private final int mqttReason;
  private final int httpStatus;

  Refusal(int mqttReason, int httpStatus) {
    this.mqttReason = mqttReason;
    this.httpStatus = httpStatus;
  }

  /** The refusal a failure stands for; what nobody foresaw is {@link #INTERNAL}. */
  public static Refusal of(Throwable failure) {
    return failure instanceof Refusing refusing ? refusing.refusal() : INTERNAL;
  }

  /** The MQTT 5 reason code (2.4). */
  public int mqttReason() {
    return mqttReason;
  }

  /** The HTTP status code. */
  public int httpStatus() {
    return httpStatus;
  }
}
