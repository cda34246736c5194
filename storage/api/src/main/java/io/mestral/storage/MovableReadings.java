package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A store whose readings can be told one and all, and be brought to another one. */
public interface MovableReadings extends ReadingStore {
  /** Every device that something is kept of, by id ascending; archived ones, too. */
  Future<List<DeviceId>> devices();

  /** The days since 1970-01-01 (UTC) of which there may be something of a device, ascending. */
  Future<List<Long>> days(DeviceId device);

  /**
   * All readings of a device in a range within a day (UTC); empty when there are more than so many.
   * A sensor of which that day's hours are left and readings are not is a key, too.
   */
  Future<Optional<Map<SensorId, Samples>>> readings(DeviceId device, TimeRange range, int most);

  /**
   * Takes over readings that another store has, as {@link #append} does, except that nobody counts
   * on them yet: success need not outlive the node, and whoever brings them brings them again. One
   * call at a time, while nobody appends.
   */
  Future<Void> load(List<Reading> readings);

  /**
   * Takes over the hours of days whose readings are gone because of their age, in the order of time
   * for each sensor; those of a day all at once. Of such a day and sensor there are no readings.
   * What is there already of an hour is replaced, and days follow from hours.
   */
  Future<Void> loadHours(DeviceId device, Map<SensorId, List<Summary>> hours);

  /** Succeeds when nothing is left to be carried out of what was appended or removed. */
  Future<Void> carried();

  /**
   * Tells, whenever it is asked, how much is left to be carried out of what was appended or removed
   * until this call. Until nothing is left, readers may not see all of it. Any thread may ask.
   */
  LongSupplier backlog();
}
