package io.mestral.storage.embedded.readings.format;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Summary;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Removals;
import io.mestral.storage.embedded.readings.series.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A row of a month's file that summarises one day of a series. The checksum covers the place, too.
 *
 * @param blocks how many blocks it was made of, so that one that gets lost is missed; none: it is
 *     the last that is left, the readings were let go because of their age
 */
public record DayRow(Block.Place place, int blocks, int checksum, byte[] data) {
  private static final byte[] NOTHING = {};

  /** A damaged row may say that it has no data, though its table doesn't allow that. */
  public DayRow {
    if (data == null) data = NOTHING;
  }

  public static DayRow of(Block.Place place, int blocks, Slice readings) {
    return of(place, blocks, SummaryCodec.encode(readings));
  }

  /** All that is left of a day, as another store had it. */
  private static DayRow last(Block.Place place, List<Summary> hours) {
    return of(place, 0, SummaryCodec.encode(hours));
  }

  /** The same of many days and sensors of a device, hours in the order of time. */
  public static List<DayRow> lasts(DeviceId device, Map<SensorId, List<Summary>> hours) {
    List<DayRow> rows = new ArrayList<>();
    hours.forEach(
        (sensor, all) -> {
          for (int from = 0; from < all.size(); ) {
            long day = Days.of(all.get(from).start());
            int to = from;
            while (to < all.size() && Days.of(all.get(to).start()) == day) to++;
            Block.Place place = new Block.Place(device.value(), sensor.value(), day);
            rows.add(last(place, all.subList(from, to)));
            from = to;
          }
        });
    return rows;
  }

  private static DayRow of(Block.Place place, int blocks, byte[] data) {
    return new DayRow(place, blocks, checksum(place, blocks, data), data);
  }

  public boolean last() {
    return blocks == 0;
  }

  /**
   * The hours that have readings, oldest first.
   *
   * @throws Malformed when it is damaged
   */
  public List<Summary> hours() {
    verify();
    return SummaryCodec.decode(place.day(), data);
  }

  /** The same as all that is left. */
  public DayRow asLast() {
    return of(place, 0, data);
  }

  /** The same without the hours that something was removed from; a last row knows no parts. */
  public DayRow without(Removals removed) {
    verify();
    return of(
        place,
        blocks,
        SummaryCodec.without(
            place.day(), data, hour -> !removed.between(hour, hour + 3599).isEmpty()));
  }

  public boolean isEmpty() {
    return data.length < 2;
  }

  public boolean isSound() {
    return checksum == checksum(place, blocks, data);
  }

  private void verify() {
    if (!isSound()) throw new Malformed("the checksum is wrong");
  }

  private static int checksum(Block.Place place, int blocks, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(24);
    head.putLong(place.device()).putInt(place.sensor()).putLong(place.day()).putInt(blocks);
    CRC32C crc = new CRC32C();
    crc.update(head.flip());
    crc.update(data);
    return (int) crc.getValue();
  }
}
