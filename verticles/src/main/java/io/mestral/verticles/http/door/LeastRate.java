package io.mestral.verticles.http.door;

import java.time.Duration;

/**
 * How slow a client may be that sends or takes something long.
 *
 * @param bytesPerSecond what it has to keep up in the long run
 * @param patience how much time it may lag behind that
 */
public record LeastRate(long bytesPerSecond, Duration patience) {
  /** A new client, which hasn't lagged yet. */
  Allowance begin() {
    return new Allowance();
  }

  /** The time one client has left. Bytes earn time, waiting for the client spends it. */
  final class Allowance {
    private double seconds = seconds(patience);

    /** How long it may take over so many bytes. */
    Duration over(long bytes) {
      return Duration.ofMillis(Math.max(1, Math.round((seconds + earned(bytes)) * 1e3)));
    }

    /** So many bytes took so many nanoseconds; says whether there is time left. */
    boolean took(long bytes, long nanos) {
      seconds = Math.min(seconds(patience), seconds + earned(bytes) - nanos / 1e9);
      return seconds >= 0;
    }

    private double earned(long bytes) {
      return (double) bytes / bytesPerSecond;
    }

    private static double seconds(Duration time) {
      return time.toNanos() / 1e9;
    }
  }
}
