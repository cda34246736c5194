package io.mestral.config;

/**
 * What CSV going out and coming in may take.
 *
 * @param exportsAtOnce {@code csv.exports-at-once}
 * @param uploadsAtOnce {@code csv.uploads-at-once}
 * @param maxUpload {@code csv.max-upload}, bytes of one request, all its files together
 * @param archivesMaxBytes {@code csv.archives.max-bytes}, all archives on disk together
 * @param leastRate {@code csv.least-rate}, bytes a second that a client takes or sends
 */
public record CsvOptions(
    int exportsAtOnce, int uploadsAtOnce, long maxUpload, long archivesMaxBytes, long leastRate) {
  /** What a cloud node does when nobody says otherwise. */
  public static final CsvOptions DEFAULTS = new CsvOptions(16, 8, 1L << 30, 4L << 30, 1024);

  /** Refuses values out of range. */
  public CsvOptions {
    if (exportsAtOnce < 1) throw new IllegalArgumentException("exportsAtOnce " + exportsAtOnce);
    if (leastRate < 1) throw new IllegalArgumentException("leastRate " + leastRate);
    if (uploadsAtOnce < 1) throw new IllegalArgumentException("uploadsAtOnce " + uploadsAtOnce);
  }
}
