package io.mestral.model.platform;

import java.util.ArrayList;
import java.util.List;

/**
 * How a sensor's number becomes another: an arithmetic formula in {@code x}, or a table of points.
 * The text is parsed once; it is never code.
 */
public sealed interface Calibration {
  /** Leaves the number as it is. */
  Calibration IDENTITY = new Formula("x", x -> x);

  /** The number after calibration. */
  double apply(double x);

  /** The text this was parsed from. */
  String text();

  /**
   * Parses a formula ({@code 175.72/65536.0*x - 53}: numbers, {@code x}, {@code + - * /},
   * parentheses) or a table ({@code table 0:50 2:55 3:57}, points in ascending order).
   *
   * @throws IllegalArgumentException naming what is wrong and where
   */
  static Calibration parse(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("x")) return IDENTITY;
    return trimmed.startsWith("table ") ? Table.parse(trimmed) : FormulaParser.parse(trimmed);
  }

  /** A number to a number. */
  @FunctionalInterface
  interface Function {
    /** The value at {@code x}. */
    double at(double x);
  }

  /** An arithmetic expression in {@code x}. */
  record Formula(String text, Function function) implements Calibration {
    @Override
    public double apply(double x) {
      return function.at(x);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Formula formula && formula.text.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /** Linear interpolation between points; the ends are held (spec 1.9). */
  record Table(String text, List<Point> points) implements Calibration {
    /** One point of a table. */
    public record Point(double x, double y) {}

    /** Copies the points and refuses fewer than two, or points out of order. */
    public Table {
      points = List.copyOf(points);
      if (points.size() < 2) throw new IllegalArgumentException("a table has two points or more");
      for (int i = 1; i < points.size(); i++)
        if (points.get(i).x() <= points.get(i - 1).x())
          throw new IllegalArgumentException("points ascend: " + points.get(i));
    }

    static Table parse(String text) {
      List<Point> points = new ArrayList<>();
      for (String pair : text.substring("table ".length()).trim().split("\\s+")) {
        int colon = pair.indexOf(':');
        if (colon < 0) throw new IllegalArgumentException("a point is x:y, not " + pair);
        points.add(
            new Point(
                Double.parseDouble(pair.substring(0, colon)),
                Double.parseDouble(pair.substring(colon + 1))));
      }
      return new Table(text, points);
    }

    @Override
    public double apply(double x) {
      Point first = points.get(0);
      if (x <= first.x()) return first.y();
      for (int i = 1; i < points.size(); i++) {
        Point next = points.get(i);
        if (x < next.x()) {
          Point before = points.get(i - 1);
          return before.y() + (x - before.x()) * (next.y() - before.y()) / (next.x() - before.x());
        }
      }
      return points.get(points.size() - 1).y();
    }
  }
}
