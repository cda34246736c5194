package io.mestral.verticles.storing;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import java.util.Collection;
import java.util.List;

/** What can be asked of the storage verticle; the answers are those of the reading store. */
sealed interface StorageQuestion {
  /** Keep these. */
  record Append(List<Reading> readings) implements StorageQuestion {}

  /** Give these. */
  record Read(Series series, TimeRange range, int limit) implements StorageQuestion {}

  /** Give these by hour or day. */
  record Summarise(Series series, Span span, TimeRange range) implements StorageQuestion {}

  /** Remove these. */
  record Delete(Series series, TimeRange range) implements StorageQuestion {}

  /** Give the newest of these. */
  record ReadLatest(Collection<DeviceId> devices) implements StorageQuestion {}

  /** Give the newest of these sensors on these devices. */
  record ScanLatest(List<DeviceId> devices, List<SensorId> sensors) implements StorageQuestion {}

  /** Are you well? */
  record Check() implements StorageQuestion {}
}
