package io.mestral.storage.search;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.LatestRows;
import java.util.List;

/**
 * When devices were heard last: what the reading store knows and the metadata don't.
 *
 * @param rows one for each of the devices
 */
public record LastReadings(List<DeviceId> devices, LatestRows rows) {
  /** Of no device. */
  public static final LastReadings NONE = new LastReadings(List.of(), new LatestRows(0));

  /** The devices that were heard and the seconds in which they were, {@code [[id,second],…]}. */
  public String toJson() {
    StringBuilder json = new StringBuilder(16 + devices.size() * 24).append('[');
    for (int row = 0; row < devices.size(); row++) {
      if (!rows.wasHeard(row)) continue;
      if (json.length() > 1) json.append(',');
      json.append('[').append(devices.get(row).value()).append(',');
      json.append(rows.heardAt(row)).append(']');
    }
    return json.append(']').toString();
  }
}
