package io.mestral.verticles.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was read of a file, and what of it could not be taken. */
public final class CardTally {
  /** Problems that are told one by one; the rest is counted. */
  public static final int MOST_PROBLEMS = 100;

  long bytes;
  long lines;
  long rows;
  long emptyRows;
  long rowsSkipped;
  long cellsSkipped;
  private long problemsLeftOut;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private final Set<Integer> sensors = new TreeSet<>();
  private final Set<Integer> columnsLeftOut = new TreeSet<>();
  private final List<CardProblem> problems = new ArrayList<>();

  CardTally() {}

  void problem(String reason) {
    if (problems.size() < MOST_PROBLEMS) problems.add(new CardProblem(lines, reason));
    else problemsLeftOut++;
  }

  void saw(long second) {
    first = Math.min(first, second);
    last = Math.max(last, second);
  }

  void found(CardColumns columns) {
    for (String sensor : columns.sensors())
      if (!sensor.isEmpty()) sensors.add(Integer.valueOf(sensor));
    columnsLeftOut.addAll(columns.leftOut());
  }

  /** Bytes of the file. */
  public long bytes() {
    return bytes;
  }

  /** All lines, the head's and blank ones among them. */
  public long lines() {
    return lines;
  }

  /** Lines with readings. */
  public long rows() {
    return rows;
  }

  /** Rows in which no sensor has a value. */
  public long emptyRows() {
    return emptyRows;
  }

  /** Rows that could not be taken at all. */
  public long rowsSkipped() {
    return rowsSkipped;
  }

  /** Cells, of rows that were taken, that hold something that is no number. */
  public long cellsSkipped() {
    return cellsSkipped;
  }

  /** The first {@link #MOST_PROBLEMS} problems. */
  public List<CardProblem> problems() {
    return List.copyOf(problems);
  }

  /** How many more there were. */
  public long problemsLeftOut() {
    return problemsLeftOut;
  }

  /** The sensors of the file that the platform knows. */
  public Set<Integer> sensors() {
    return Set.copyOf(sensors);
  }

  /** Columns of other sensors, or of none; the time is column 1. */
  public Set<Integer> columnsLeftOut() {
    return Set.copyOf(columnsLeftOut);
  }

  /** Whether there was a row with a time in range. */
  public boolean hasTimes() {
    return first <= last;
  }

  /** The earliest second in range; meaningless without times. */
  public long first() {
    return first;
  }

  /** The latest second in range; meaningless without times. */
  public long last() {
    return last;
  }
}
