package io.mestral.model.reading;

import io.mestral.model.SensorId;
import java.util.UUID;

/**
 * What tells whether two places have the same readings of a device without sending them: how many
 * they are, and a sum over all of them. Digests of readings that are apart add up to that of all,
 * whatever their order, so that hours make days, and days make months.
 *
 * @param sum modulo 2^64; against accidents, not against somebody who looks for two that agree
 */
public record Digest(long count, long sum) {
  /** That of no readings. */
  public static final Digest NONE = new Digest(0, 0);

  /** That of what one sensor measured. */
  public static Digest of(SensorId sensor, Samples samples) {
    return salted(mixed(sensor.value()), samples);
  }

  /** The same, where the sensor may have another number at the other place. */
  public static Digest of(UUID sensor, Samples samples) {
    return salted(
        mixed(sensor.getMostSignificantBits() ^ mixed(sensor.getLeastSignificantBits())), samples);
  }

  private static Digest salted(long salt, Samples samples) {
    long sum = 0;
    for (int i = 0; i < samples.size(); i++) {
      long value = Double.doubleToLongBits(samples.value(i) + 0.0); // there is one zero only
      sum += mixed(mixed(samples.time(i) ^ salt) ^ value);
    }
    return new Digest(samples.size(), sum);
  }

  /** That of these readings and others. */
  public Digest and(Digest others) {
    return new Digest(count + others.count, sum + others.sum);
  }

  /** That of these readings without some of them. */
  public Digest without(Digest some) {
    return new Digest(count - some.count, sum - some.sum);
  }

  /** Spreads a number over all 64 bits, as the last step of SplitMix64 does. */
  private static long mixed(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The sum in sixteen hexadecimal digits. */
  public String text() {
    return String.format("%016x", sum);
  }
}
