package io.mestral.verticles.csv;

import io.mestral.model.reading.TimeText;
import io.mestral.verticles.csv.CardColumns.Unusable;
import io.mestral.verticles.ingestion.Batch;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Reads a file as a kit writes it on its SD card (spec 4.1), piece by piece: four lines of head,
 * then rows. Another head may come later; the rows behind it are read by that one. What can't be
 * taken is noted with its line and costs nothing else.
 */
public final class CardReader {
  private static final Set<String> NOTHING =
      Set.of("", "null", "none", "nan", "inf", "+inf", "-inf", "ovf");
  private static final int HEAD_LINES = 4;

  /** How many decimals the last column has, before it had a number. */
  private static final int UNKNOWN = -1;

  private final IntPredicate known;
  private final long latest;
  private final CardTally tally = new CardTally();
  private final LineSplitter lines = new LineSplitter(this::onLine);
  private final List<Part> ready = new ArrayList<>();
  private final CardRows rows = new CardRows();
  private final CardRows apart = new CardRows();
  private int headLine;
  private int places = UNKNOWN;
  private Optional<CardColumns> columns = Optional.empty();
  private Optional<String> refusal = Optional.empty();

  /**
   * Rows that are complete, and their text. Those with times that can't be right are parts of their
   * own, so that handing in the others again does not set these apart twice.
   */
  public record Part(Batch batch, Buffer text) {}

  /**
   * @param known whether the platform knows a sensor
   * @param now what times are measured by
   */
  public CardReader(IntPredicate known, Instant now) {
    this.known = known;
    this.latest = now.plus(ReadingIngest.TOLERANCE).getEpochSecond();
  }

  /** Takes the next bytes and gives the rows that are complete, if they are enough for a batch. */
  public List<Part> take(Buffer piece) {
    tally.bytes += piece.length();
    if (refusal.isEmpty()) lines.take(piece.getBytes());
    return parts();
  }

  /** The file is at its end; gives the last rows. */
  public List<Part> end() {
    if (refusal.isEmpty()) lines.end();
    if (refusal.isEmpty() && columns.isEmpty())
      refuse("the file ends before the four lines of the head are complete");
    return rest();
  }

  /** No more comes of a file that goes on; gives the rows that are complete. */
  public List<Part> breakOff() {
    return rest();
  }

  private List<Part> rest() {
    rows.take().ifPresent(ready::add);
    apart.take().ifPresent(ready::add);
    return parts();
  }

  /** Why nothing of the file can be taken; empty when something can. */
  public Optional<String> refusal() {
    return refusal;
  }

  /** What was read so far. */
  public CardTally tally() {
    return tally;
  }

  private List<Part> parts() {
    List<Part> parts = List.copyOf(ready);
    ready.clear();
    return parts;
  }

  private void onLine(byte[] bytes, int length, boolean ended, boolean whole) {
    tally.lines++;
    if (refusal.isPresent()) return;
    boolean inHead = headLine > 0 && headLine < HEAD_LINES;
    if (isBlank(bytes, length)) {
      if (inHead && headLine < HEAD_LINES - 1) headLine++; // there may be no units
    } else if (inHead) onHead(bytes, length);
    else if (startsHead(bytes, length)) headLine = 1;
    else if (headLine == 0)
      refuse("the first line must begin with TIME, as in a file of a kit's SD card");
    else onRow(bytes, length, ended, whole);
  }

  private void onHead(byte[] bytes, int length) {
    headLine++;
    if (headLine < HEAD_LINES) return;
    boolean first = columns.isEmpty() && tally.rows == 0;
    try {
      columns = Optional.of(CardColumns.parse(bytes, length, known));
      places = UNKNOWN;
      tally.found(columns.get());
    } catch (Unusable wrong) {
      columns = Optional.empty();
      if (first) refuse(wrong.getMessage());
      else tally.problem(wrong.getMessage());
    }
  }

  private void onRow(byte[] bytes, int length, boolean ended, boolean whole) {
    tally.rows++;
    int comma = indexOfComma(bytes, 0, length);
    String stamp = CardColumns.plain(string(bytes, 0, comma));
    OptionalLong second = TimeText.parse(stamp);
    if (columns.isEmpty()) skipRow("the head above this row can't be read");
    else if (!whole) skipRow("the line is longer than " + LineSplitter.LONGEST + " bytes");
    else if (isWider(bytes, length, columns.get().sensors().size() + 1))
      skipRow("there are more cells than columns"); // perhaps two rows in one
    else if (stamp.isEmpty()) skipRow("there is no time");
    else if (second.isEmpty()) skipRow("'" + shown(stamp) + "' is no time");
    else {
      List<Value> found = cells(bytes, comma + 1, length, ended, columns.get());
      if (found.isEmpty()) tally.emptyRows++;
      else keep(new Entry(new Time.At(second.getAsLong()), found), columns.get(), bytes, length);
    }
  }

  private void keep(Entry row, CardColumns by, byte[] bytes, int length) {
    long second = ((Time.At) row.time()).epochSecond();
    boolean inRange = second >= ReadingIngest.EARLIEST.getEpochSecond() && second <= latest;
    if (inRange) tally.saw(second);
    else skipRow("the time can't be right"); // ingestion sets it apart
    CardRows its = inRange ? rows : apart;
    its.add(row, by, bytes, length);
    if (its.isFull()) its.take().ifPresent(ready::add);
  }

  private List<Value> cells(byte[] bytes, int from, int length, boolean ended, CardColumns by) {
    int width = by.sensors().size();
    List<Value> found = new ArrayList<>(width);
    int at = from;
    for (int column = 0; column < width && at <= length; column++) {
      int comma = indexOfComma(bytes, at, length);
      String sensor = by.sensors().get(column);
      boolean isLast = column == width - 1;
      if (!ended && comma == length && !(isLast && isWhole(bytes, at, length))) {
        if (comma > at) tally.cellsSkipped++;
        tally.problem("the file ends within this line; its last cell may be cut and is left out");
      } else if (!sensor.isEmpty())
        value(bytes, at, comma, column).ifPresent(value -> found.add(new Value(sensor, value)));
      if (isLast) places = places(bytes, at, comma).orElse(places);
      at = comma + 1;
    }
    return found;
  }

  /**
   * Whether the cell that the file ends with is believed. A kit ends every line with CR LF: when
   * its power goes while it writes, a number may be cut. Others often leave the last line without
   * an end; there it has to have its decimals.
   */
  private boolean isWhole(byte[] bytes, int from, int to) {
    return !lines.isCrLf() && places(bytes, from, to).orElse(UNKNOWN) >= places;
  }

  /** How many decimals a cell has; empty when there is no digit in it. */
  private static OptionalInt places(byte[] bytes, int from, int to) {
    int digits = 0;
    int point = to;
    int end = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.') point = i;
      if (bytes[i] < '0' || bytes[i] > '9') continue;
      digits++;
      end = i;
    }
    return digits == 0 ? OptionalInt.empty() : OptionalInt.of(Math.max(0, end - point));
  }

  private OptionalDouble value(byte[] bytes, int from, int to, int column) {
    double value = CellNumber.parse(bytes, from, to);
    if (!Double.isNaN(value)) return OptionalDouble.of(value);
    String cell = CardColumns.plain(string(bytes, from, to));
    if (NOTHING.contains(cell.toLowerCase(Locale.ROOT))) return OptionalDouble.empty();
    byte[] plain = cell.getBytes(StandardCharsets.ISO_8859_1);
    value = CellNumber.parse(plain, 0, plain.length);
    if (!Double.isNaN(value)) return OptionalDouble.of(value);
    tally.cellsSkipped++;
    tally.problem("column " + (column + 2) + ": '" + shown(cell) + "' is no number");
    return OptionalDouble.empty();
  }

  private void skipRow(String reason) {
    tally.rowsSkipped++;
    tally.problem(reason);
  }

  private void refuse(String reason) {
    refusal = Optional.of(reason);
    tally.problem(reason);
  }

  private static boolean startsHead(byte[] bytes, int length) {
    int end = indexOfComma(bytes, 0, Math.min(length, 16));
    return end < length && CardColumns.plain(string(bytes, 0, end)).equalsIgnoreCase("TIME");
  }

  private static boolean isBlank(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) if (bytes[i] != ' ' && bytes[i] != '\t') return false;
    return true;
  }

  /**
   * Whether there are more cells than that, and not just commas at the end: behind the time of
   * another row they are cells that hold nothing.
   */
  private static boolean isWider(byte[] bytes, int length, int cells) {
    int at = 0;
    for (int i = 0; i < cells && at <= length; i++) at = indexOfComma(bytes, at, length) + 1;
    if (at > length) return false;
    boolean more = !string(bytes, at, length).replace(',', ' ').isBlank();
    return more || indexOf(':', bytes, indexOfComma(bytes, 0, length), length) < length;
  }

  private static int indexOfComma(byte[] bytes, int from, int to) {
    return indexOf(',', bytes, from, to);
  }

  private static int indexOf(char wanted, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) if (bytes[i] == wanted) return i;
    return to;
  }

  private static String string(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
