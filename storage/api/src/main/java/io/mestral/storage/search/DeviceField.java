package io.mestral.storage.search;

/** What devices are searched by. */
public enum DeviceField implements Field {
  /** Its number. */
  ID(Kind.NUMBER),
  /** Its identifier of 128 bits. */
  UUID(Kind.TEXT),
  /** Its name. */
  NAME(Kind.TEXT),
  /** What its owner says of it. */
  DESCRIPTION(Kind.TEXT),
  /** Where it is in its life; needs {@link LastReadings}. */
  STATE(Kind.TEXT),
  /** When it was made. */
  CREATED_AT(Kind.TIME),
  /** When it was changed. */
  UPDATED_AT(Kind.TIME),
  /** The time of its newest reading; needs {@link LastReadings}. */
  LAST_READING_AT(Kind.TIME),
  /** Its place as a text. */
  GEOHASH(Kind.TEXT),
  /** The number of a kind of kit, which nobody keeps any more. */
  KIT_ID(Kind.NUMBER),
  /** Its hardware address. */
  MAC_ADDRESS(Kind.TEXT),
  /** The hardware address it had before another device took it. */
  OLD_MAC_ADDRESS(Kind.TEXT),
  /** What it publishes with. */
  DEVICE_TOKEN(Kind.TOKEN),
  /** Degrees north. */
  LATITUDE(Kind.REAL),
  /** Degrees east. */
  LONGITUDE(Kind.REAL),
  /** Metres. */
  ELEVATION(Kind.NUMBER),
  /** Indoor or outdoor. */
  EXPOSURE(Kind.TEXT),
  /** Its last {@code info} message. */
  HARDWARE_INFO(Kind.TEXT),
  /** What its owner calls its hardware. */
  HARDWARE_NAME_OVERRIDE(Kind.TEXT),
  /** The hardware's version by its owner. */
  HARDWARE_VERSION_OVERRIDE(Kind.TEXT),
  /** The hardware's type by its owner. */
  HARDWARE_TYPE_OVERRIDE(Kind.TEXT),
  /** The hardware's short name by its owner. */
  HARDWARE_SLUG_OVERRIDE(Kind.TEXT),
  /** Seen by its owner only. */
  IS_PRIVATE(Kind.FLAG),
  /** On no map. */
  IS_TEST(Kind.FLAG),
  /** Shown where it stands. */
  PRECISE_LOCATION(Kind.FLAG),
  /** Its readings go to a partner. */
  ENABLE_FORWARDING(Kind.FLAG),
  /** Its owner wants to know of a low battery. */
  NOTIFY_LOW_BATTERY(Kind.FLAG),
  /** Its owner wants to know of its silence. */
  NOTIFY_STOPPED_PUBLISHING(Kind.FLAG),
  /** Its owner's free JSON. */
  META(Kind.TEXT),
  /** The number of its owner. */
  OWNER_ID(Kind.NUMBER),
  /** The town that it stands in. */
  CITY(Kind.TEXT),
  /** The two letters of the country that it stands in. */
  COUNTRY_CODE(Kind.TEXT),
  /** Whether it is there, as all are that are listed. */
  WORKFLOW_STATE(Kind.TEXT),
  /** When it was deleted, which none was that is listed. */
  ARCHIVED_AT(Kind.TIME),
  /** When an archive of its readings was asked for last, of those that are remembered. */
  CSV_EXPORT_REQUESTED_AT(Kind.TIME),
  /** When its owner was last told of a low battery; nothing since it was charged. */
  NOTIFY_LOW_BATTERY_TIMESTAMP(Kind.TIME),
  /** When its owner was last told of its silence. */
  NOTIFY_STOPPED_PUBLISHING_TIMESTAMP(Kind.TIME),
  /** The number of the partner that its readings go to. */
  FORWARDING_DESTINATION_ID(Kind.NUMBER);

  private final Kind kind;

  DeviceField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
