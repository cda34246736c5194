package io.mestral.storage.embedded.readings.format;

import io.mestral.storage.embedded.readings.series.Slice;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A row of a month's file: readings of one series and day. The checksum covers the place, too, so
 * that a block in the wrong row is not taken for a good one.
 *
 * @param part later parts win over earlier ones
 */
public record Block(Place place, int part, int format, int checksum, byte[] data) {
  private static final byte[] NOTHING = {};

  /** A damaged row may say that it has no data, though its table doesn't allow that. */
  public Block {
    if (data == null) data = NOTHING;
  }

  /** The series and day that a block belongs to. */
  public record Place(long device, int sensor, long day) {}

  /** Readings of a day in the format that takes less room. */
  public static Block of(Place place, int part, Slice readings) {
    int format = BlockCodec.formatFor(readings);
    byte[] data = BlockCodec.encode(readings, format);
    return new Block(place, part, format, checksum(place, format, data), data);
  }

  /**
   * The readings in it.
   *
   * @throws Malformed when it is damaged, or newer than this program
   */
  public Slice readings() {
    if (checksum != checksum(place, format, data)) throw new Malformed("the checksum is wrong");
    return BlockCodec.decode(data, format);
  }

  private static int checksum(Place place, int format, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(24);
    head.putLong(place.device).putInt(place.sensor).putLong(place.day).putInt(format);
    CRC32C crc = new CRC32C();
    crc.update(head.flip());
    crc.update(data);
    return (int) crc.getValue();
  }
}
