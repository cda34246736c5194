package io.mestral.verticles.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which sensor each column of a card's file is of, by the fourth line of its head (spec 4.1).
 *
 * @param sensors by column, the time not counted; empty texts for columns that are left out
 * @param leftOut columns of no sensor that the platform knows, counted from 1, the time being 1
 */
record CardColumns(List<String> sensors, List<Integer> leftOut) {
  private static final int MOST = 1024;

  CardColumns {
    sensors = List.copyOf(sensors);
    leftOut = List.copyOf(leftOut);
  }

  /** A line that is no such line. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param known whether the platform knows a sensor
   */
  static CardColumns parse(byte[] bytes, int length, IntPredicate known) throws Unusable {
    String[] cells = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split(",", -1);
    if (!plain(cells[0]).isEmpty() || cells.length < 2)
      throw new Unusable(
          "the fourth line of the head must be an empty cell and then a sensor's number for each"
              + " column");
    if (cells.length > MOST) throw new Unusable("there are more than " + MOST + " columns");
    List<String> sensors = new ArrayList<>();
    List<Integer> leftOut = new ArrayList<>();
    for (int i = 1; i < cells.length; i++) {
      String cell = plain(cells[i]);
      if (!cell.matches("\\d{0,9}"))
        throw new Unusable("the fourth line of the head has no number in column " + (i + 1));
      int id = cell.isEmpty() ? 0 : Integer.parseInt(cell);
      boolean usable = id > 0 && known.test(id);
      sensors.add(usable ? Integer.toString(id) : "");
      if (!usable) leftOut.add(i + 1);
    }
    if (leftOut.size() == sensors.size())
      throw new Unusable("the fourth line of the head names no sensor of the platform");
    return new CardColumns(sensors, leftOut);
  }

  /** Spreadsheets put quotes around cells. */
  static String plain(String cell) {
    String text = cell.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }
}
