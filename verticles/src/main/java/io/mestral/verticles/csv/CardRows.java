package io.mestral.verticles.csv;

import io.mestral.verticles.csv.CardReader.Part;
import io.mestral.verticles.ingestion.Batch;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a card's file until there are enough for a batch. Their text says which sensors they are
 * of: the same numbers under another head are other readings.
 */
final class CardRows {
  /** Values of a batch: a journal record's worth, and a short turn for who takes it in. */
  private static final int VALUES = 4_000;

  /** Text of a batch, where blanks or what no sensor says make rows long. */
  private static final int TEXT_BYTES = 1 << 18;

  private List<Entry> entries = new ArrayList<>();
  private Buffer text = Buffer.buffer();
  private Optional<CardColumns> said = Optional.empty();
  private int values;

  /**
   * @param length how much of the array is the row's text
   */
  void add(Entry row, CardColumns columns, byte[] line, int length) {
    if (said.filter(columns::equals).isEmpty()) {
      String sensors = "," + String.join(",", columns.sensors()) + "\n";
      text.appendBytes(sensors.getBytes(StandardCharsets.US_ASCII));
      said = Optional.of(columns);
    }
    text.appendBytes(line, 0, length).appendByte((byte) '\n');
    entries.add(row);
    values += row.values().size();
  }

  boolean isFull() {
    return values >= VALUES || text.length() >= TEXT_BYTES;
  }

  /** Gives the rows away; empty when there are none. */
  Optional<Part> take() {
    if (entries.isEmpty()) return Optional.empty();
    Part part = new Part(new Batch(entries), text);
    entries = new ArrayList<>();
    text = Buffer.buffer();
    said = Optional.empty();
    values = 0;
    return Optional.of(part);
  }
}
