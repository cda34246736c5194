package io.mestral.storage.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What a condition or an order is about.
 *
 * @param path from the thing that is listed to the one that has the field; empty for its own
 */
public record Attribute(List<Association> path, Field field) {
  /** Copies the list. */
  public Attribute {
    path = List.copyOf(path);
  }

  /** One of the listed thing itself. */
  public static Attribute of(Field field) {
    return new Attribute(List.of(), field);
  }

  /** The same of what the association leads to. */
  public Attribute behind(Association association) {
    List<Association> longer = new ArrayList<>(path);
    longer.add(0, association);
    return new Attribute(longer, field);
  }

  /** Whether a thing may have several of it. */
  public boolean isMany() {
    return path.stream().anyMatch(Association::isMany);
  }

  /** Whether it follows from readings. */
  boolean needsReadings() {
    return field == DeviceField.LAST_READING_AT || field == DeviceField.STATE;
  }
}
