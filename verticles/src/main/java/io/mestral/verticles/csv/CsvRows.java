package io.mestral.verticles.csv;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final byte[] titles;
  private final List<SeriesCursor> cursors = new ArrayList<>();
  private final long[] heads;
  private final TimestampText times = new TimestampText();
  private final byte[] text;
  private boolean begun;
  private boolean ended;
  private Optional<Gzip> gzip = Optional.empty();
  private long rows;

  CsvRows(
      Vertx vertx,
      ReadingStore readings,
      DeviceId device,
      List<CsvColumn> columns,
      TimeRange range) {
    this.vertx = vertx;
    int fair = IN_MEMORY / Math.max(1, columns.size());
    int piece = Math.max(SHORTEST_PIECE, Math.min(LONGEST_PIECE, fair));
    for (CsvColumn column : columns)
      cursors.add(
          new SeriesCursor(
              readings, new Series(device, column.id()), column.sensor().equation(), range, piece));
    heads = new long[columns.size()];
    int longestRow = TimestampText.LENGTH + columns.size() * (1 + DecimalText.LONGEST) + 1;
    titles = titles(columns);
    text = new byte[Math.max(TEXT_BYTES + longestRow, titles.length)];
  }

  /** How many rows were told so far, the head not counted. */
  public long rows() {
    return rows;
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

  /** The same text, packed with gzip. Asked for before the first piece. */
  public CsvRows packed() throws IOException {
    gzip = Optional.of(new Gzip());
    return this;
  }

  /** Nobody asks for more. */
  public void close() {
    gzip.ifPresent(Gzip::close);
  }

  /** Succeeds with what follows; nothing when all was told. */
  Future<Buffer> next() {
    return drink(0).compose(ready -> vertx.executeBlocking(this::piece, false));
  }

  private Buffer piece() throws IOException {
    if (ended) return Buffer.buffer();
    int length = begun ? write() : head();
    begun = true;
    ended = length == 0;
    if (gzip.isEmpty()) return Buffer.buffer(length).appendBytes(text, 0, length);
    return Buffer.buffer(ended ? gzip.get().finish() : gzip.get().pack(text, length));
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

  private int head() {
    System.arraycopy(titles, 0, text, 0, titles.length);
    return titles.length;
  }

  private static byte[] titles(List<CsvColumn> columns) {
    StringBuilder line = new StringBuilder("timestamp");
    for (CsvColumn column : columns) line.append(',').append(column.title());
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes rows until there are enough or a series has run dry; nothing when there are none. */
  private int write() {
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
    return at;
  }

  private long earliest() {
    long earliest = SeriesCursor.ENDED;
    for (long head : heads) earliest = Math.min(earliest, head);
    return earliest;
  }
}
