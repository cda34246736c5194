package io.mestral.storage.search;

import java.util.Locale;

/** Something that is known of every thing of a sort. */
public sealed interface Field
    permits ComponentField, DestinationField, DeviceField, SensorField, UserField {
  /** The name of the constant. */
  String name();

  /** What stands in it. */
  Kind kind();

  /** What requests call it. */
  default String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
