package io.mestral.verticles.csv;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An archive in the making (spec 4.2): its text comes piece by piece, each asked for when the one
 * before is gone. Whatever the archive's length, what is in memory is a piece of each series and
 * one of text. Asked from one context.
 */
public final class CsvRows {
  /** Readings in memory, all series together: 16 bytes each. */
  private static final int IN_MEMORY = 1 << 18;

  /** Shorter pieces would have the store unpack the same block again and again. */
  private static final int SHORTEST_PIECE = 1440;

  private static final int LONGEST_PIECE = 1 << 16;
  private static final int TEXT_BYTES = 64 * 1024;
  private static final int READ_AT_ONCE = 8;

  private final Vertx vertx;
  private final List<CsvColumn> columns;
  private final List<SeriesCursor> cursors = new ArrayList<>();
  private final long[] heads;
  private final TimestampText times = new TimestampText();
  private final byte[] text;
  private boolean begun;
  private long rows;

  CsvRows(
      Vertx vertx,
      ReadingStore readings,
      DeviceId device,
      List<CsvColumn> columns,
      TimeRange range) {
    this.vertx = vertx;
    this.columns = columns;
    int fair = IN_MEMORY / Math.max(1, columns.size());
    int piece = Math.max(SHORTEST_PIECE, Math.min(LONGEST_PIECE, fair));
    for (CsvColumn column : columns)
      cursors.add(
          new SeriesCursor(
              readings, new Series(device, column.id()), column.sensor().equation(), range, piece));
    heads = new long[columns.size()];
    int longestRow = TimestampText.LENGTH + columns.size() * (1 + DecimalText.LONGEST) + 1;
    text = new byte[TEXT_BYTES + longestRow];
  }

  /** How many rows were told so far, the head not counted. */
  public long rows() {
    return rows;
  }

  /** How many columns there are beside the time. */
  public int width() {
    return columns.size();
  }

  /**
   * Hands the whole text to a taker, which is given the next piece when it has dealt with the one
   * before. Fails as the store or the taker does.
   */
  public Future<Void> sendTo(Function<Buffer, Future<Void>> taker) {
    Promise<Void> done = Promise.promise();
    step(taker, done);
    return done.future();
  }

  private void step(Function<Buffer, Future<Void>> taker, Promise<Void> done) {
    next()
        .compose(
            piece ->
                piece.length() == 0 ? Future.succeededFuture(false) : taker.apply(piece).map(true))
        .onFailure(done::fail)
        .onSuccess(
            more -> {
              if (more) step(taker, done);
              else done.complete();
            });
  }

  /** Succeeds with the text that follows; nothing when all was told. */
  Future<Buffer> next() {
    if (!begun) {
      begun = true;
      return Future.succeededFuture(Buffer.buffer(head()));
    }
    return drink(0).compose(ready -> vertx.executeBlocking(this::write, false));
  }

  private Future<Void> drink(int from) {
    List<Future<Void>> reading = new ArrayList<>();
    int next = from;
    while (next < cursors.size() && reading.size() < READ_AT_ONCE) {
      SeriesCursor cursor = cursors.get(next++);
      if (cursor.isThirsty()) reading.add(cursor.drink());
    }
    if (reading.isEmpty()) return Future.succeededFuture();
    int rest = next;
    return Future.join(reading).compose(done -> drink(rest));
  }

  private String head() {
    StringBuilder line = new StringBuilder("timestamp");
    for (CsvColumn column : columns) line.append(',').append(column.title());
    return line.append('\n').toString();
  }

  private Buffer write() {
    for (int i = 0; i < heads.length; i++) heads[i] = cursors.get(i).head();
    int at = 0;
    boolean thirsty = false;
    while (!thirsty && at < TEXT_BYTES) {
      long second = earliest();
      if (second == SeriesCursor.ENDED) break;
      at = times.write(second, text, at);
      for (int i = 0; i < heads.length; i++) {
        text[at++] = ',';
        if (heads[i] != second) continue;
        SeriesCursor cursor = cursors.get(i);
        double value = cursor.pass();
        if (Double.isFinite(value)) at = DecimalText.write(value, text, at);
        heads[i] = cursor.head();
        thirsty |= cursor.isThirsty();
      }
      text[at++] = '\n';
      rows++;
    }
    return Buffer.buffer(at).appendBytes(text, 0, at);
  }

  private long earliest() {
    long earliest = SeriesCursor.ENDED;
    for (long head : heads) earliest = Math.min(earliest, head);
    return earliest;
  }
}
