package io.mestral.verticles.bus;

/** Every address on the event bus, and who listens there. */
public final class Addresses {
  /** The token auth verticle: {@code Credentials} in, {@code Principal} out. */
  public static final String AUTHENTICATE = "mestral.auth";

  /** The storage verticle: readings to keep, series to read. */
  public static final String READINGS = "mestral.readings";

  /** The Smart API verticle: a message in, what it is answered with out. */
  public static final String SMART_REQUEST = "mestral.smartapi";

  /** The map verticle: which map is wanted in, the answer's body out. */
  public static final String MAP = "mestral.map";

  /** Published to all who remember devices: a {@code Device} that was made, changed or archived. */
  public static final String DEVICE_CHANGED = "mestral.device.changed";

  /** The {@code DeviceId} of a device that said what it is made of. */
  public static final String INFO_KEPT = "mestral.device.info-kept";

  /** The {@code DeviceId} of a device that has a component more. */
  public static final String COMPONENT_MADE = "mestral.device.component-made";

  /** Told that sensors or measurements were added or changed. */
  public static final String CATALOGUE_CHANGED = "mestral.catalogue.changed";

  /** A {@code Device} that may have lost its token, as it is or was: archived, or given another. */
  public static final String TOKEN_LOST = "mestral.device.token-lost";

  /** The {@code UserId} of a user whose password or role changed. */
  public static final String USER_CHANGED = "mestral.user.changed";

  /** A {@code Gateway} whose token was replaced, or that was removed. */
  public static final String GATEWAY_ENDED = "mestral.gateway.ended";

  /** The name of something that credentials stood on and nobody may stand on any more. */
  public static final String STANDING_ENDED = "mestral.standing.ended";

  /** The {@code Series} of which readings were removed. */
  public static final String READINGS_REMOVED = "mestral.readings.removed";

  /** Told that an archive was asked for. */
  public static final String EXPORT_WAITS = "mestral.export.waits";

  /** Told that there is mail to send. */
  public static final String MAIL_WAITS = "mestral.mail.waits";

  /** Published when there are other orphans than before; says what became of them. */
  public static final String ORPHANS_CHANGED = "mestral.orphans.changed";

  /** The {@code UserId} of a user whose partner gets other credentials, or got its first. */
  public static final String PARTNER_CHANGED = "mestral.partner.changed";

  /**
   * Published where something is found that an owner would want to hear of: a {@code DeviceEvent},
   * again and again until it was told.
   */
  public static final String DEVICE_FINDING = "mestral.device.finding";

  /** Published to all who want to know: a {@code DeviceEvent} that is told just now. */
  public static final String DEVICE_EVENT = "mestral.device.event";

  private static final String INGEST = "mestral.ingest.";

  private Addresses() {}

  /**
   * One of the ingestion verticles: device messages in, the outcome out. All messages of a device
   * go to the same one, which keeps them in order.
   *
   * @param shard from 0
   */
  public static String ingest(int shard) {
    return INGEST + shard;
  }
}
