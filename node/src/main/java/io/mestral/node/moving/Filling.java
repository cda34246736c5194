package io.mestral.node.moving;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes the new store. What was given up for want of time is brought to an end before anything
 * else: a batch that may or may not have arrived is brought again, so that what comes afterwards
 * comes behind it.
 */
final class Filling {
  private static final int READINGS_IN_A_BATCH = 10_000;

  private final MovableReadings to;
  private final Patience patience;
  private final MoveProgress progress;
  private Optional<Unsettled> unsettled = Optional.empty();
  private List<Reading> owed = List.of();

  Filling(MovableReadings to, Patience patience, MoveProgress progress) {
    this.to = to;
    this.patience = patience;
    this.progress = progress;
  }

  /** Of this range nobody knows what the new store has; it is told to have that digest there. */
  private record Unsettled(DeviceId device, TimeRange range, Digest told) {}

  /**
   * Changes a range.
   *
   * @param told the digest that it is told to have
   * @param becomes the digest it has afterwards
   */
  void change(DeviceId device, TimeRange range, Digest told, Digest becomes, Runnable change) {
    settle();
    unsettled = Optional.of(new Unsettled(device, range, told));
    change.run();
    unsettled = Optional.empty();
    progress.became(told, becomes);
  }

  /** Afterwards everything that was written has arrived, or never will. */
  void settle() {
    if (unsettled.isEmpty()) return;
    Unsettled open = unsettled.get();
    patience.get(to::carried);
    if (!owed.isEmpty()) load(owed);
    Digest now =
        patience
            .get(() -> to.readings(open.device, open.range, Integer.MAX_VALUE))
            .map(Difference::digestOf)
            .orElse(Digest.NONE);
    progress.became(open.told, now);
    unsettled = Optional.empty();
  }

  /** What one device measured at one second stays together. */
  void load(List<Reading> readings) {
    for (int at = 0; at < readings.size(); ) {
      int end = Math.min(readings.size(), at + READINGS_IN_A_BATCH);
      while (end < readings.size()
          && readings.get(end).epochSecond() == readings.get(end - 1).epochSecond()) end++;
      List<Reading> batch = List.copyOf(readings.subList(at, end));
      owed = batch;
      patience.write(() -> to.load(batch));
      owed = List.of();
      progress.copied(batch.size());
      at = end;
    }
  }

  void remove(Series series, TimeRange range) {
    patience.write(() -> to.delete(series, range));
  }

  void loadHours(DeviceId device, Map<SensorId, List<Summary>> hours) {
    patience.write(() -> to.loadHours(device, hours));
  }
}
