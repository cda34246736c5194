package io.mestral.verticles.csv;

import io.mestral.model.platform.Calibration;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;

/** A series that is read piece by piece, with one reading at its head. */
final class SeriesCursor {
  /** The head of a series that has no more readings. */
  static final long ENDED = Long.MAX_VALUE;

  private final ReadingStore readings;
  private final Series series;
  private final Calibration equation;
  private final int piece;
  private final long to;
  private long from;
  private Samples samples = Samples.EMPTY;
  private int index;
  private boolean last;

  /**
   * @param piece how many readings are in memory at most
   */
  SeriesCursor(
      ReadingStore readings, Series series, Calibration equation, TimeRange range, int piece) {
    this.readings = readings;
    this.series = series;
    this.equation = equation;
    this.piece = piece;
    this.from = range.from();
    this.to = range.to();
    this.last = range.from() > range.to();
  }

  /** Whether the next piece has to be read before there is a head. */
  boolean isThirsty() {
    return index == samples.size() && !last;
  }

  /** Succeeds when there is a head, or none any more. */
  Future<Void> drink() {
    samples = Samples.EMPTY; // before the next comes, so that there are never two
    index = 0;
    return readings.read(series, new TimeRange(from, to), piece).map(this::take);
  }

  private Void take(Samples read) {
    samples = read;
    last = read.size() < piece || read.time(read.size() - 1) == to;
    if (read.size() > 0) from = read.time(read.size() - 1) + 1;
    return null;
  }

  /** The second of the next reading, or {@link #ENDED}. */
  long head() {
    return index < samples.size() ? samples.time(index) : ENDED;
  }

  /** The value as shown of the reading at the head, which is passed then. */
  double pass() {
    return equation.apply(samples.value(index++));
  }
}
