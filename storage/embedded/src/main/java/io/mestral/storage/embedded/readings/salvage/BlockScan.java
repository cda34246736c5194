package io.mestral.storage.embedded.readings.salvage;

import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.series.Slice;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds the blocks on the pages of a broken file without the way that leads to them: each page with
 * rows is looked at by itself (SQLite's file format, sections 1.6 and 2.1). A block's checksum
 * covers its place, so what is not a whole block is not taken for one.
 */
final class BlockScan {
  private static final byte TABLE_LEAF = 0x0d;
  private static final byte INDEX_LEAF = 0x0a;
  private static final byte INDEX_INTERIOR = 0x02;
  private static final int BLOCK_COLUMNS = 10;
  private static final int DAY_COLUMNS = 6;
  private static final int FIRST_BLOB = 12;

  /** Longer than any block: a day has 86,400 seconds. */
  private static final long LONGEST_ROW = 4 << 20;

  private static final int LONGEST_IN_TABLE = Sqlite.PAGE_SIZE - 35;
  private static final int LONGEST_IN_INDEX = (Sqlite.PAGE_SIZE - 12) * 64 / 255 - 23;
  private static final int SHORTEST_HERE = (Sqlite.PAGE_SIZE - 12) * 32 / 255 - 23;
  private static final int ROOM_THERE = Sqlite.PAGE_SIZE - 4;

  private final RawPages pages;
  private final int last;

  /** Gets what is found, in the order of pages. */
  interface Taker {
    void block(Block block, Slice readings) throws SQLException;

    void day(DayRow row) throws SQLException;
  }

  BlockScan(RawPages pages) throws IOException {
    this.pages = pages;
    last = pages.last();
  }

  void run(Taker taker) throws IOException, SQLException {
    for (int number = 2; number <= last; number++) { // the first has the names of the tables
      ByteBuffer page = pages.page(number);
      byte kind = page.get(0);
      if (kind == TABLE_LEAF || kind == INDEX_LEAF) rowsOf(page, 8, 0, taker);
      else if (kind == INDEX_INTERIOR) rowsOf(page, 12, 4, taker);
    }
  }

  private void rowsOf(ByteBuffer page, int pointers, int child, Taker taker)
      throws IOException, SQLException {
    int rows = Math.min(page.getShort(3) & 0xFFFF, (page.capacity() - pointers) / 2);
    for (int i = 0; i < rows; i++) {
      int cell = (page.getShort(pointers + 2 * i) & 0xFFFF) + child;
      Optional<Row> row = rowOf(page, cell);
      if (row.isPresent()) tell(row.get(), taker);
    }
  }

  private Optional<Row> rowOf(ByteBuffer page, int cell) throws IOException {
    try {
      return Optional.of(Row.of(rowAt(page.duplicate(), cell)));
    } catch (Malformed | BufferUnderflowException | IllegalArgumentException damage) {
      return Optional.empty();
    }
  }

  private static void tell(Row row, Taker taker) throws SQLException {
    if (row.numbers.length + 1 == DAY_COLUMNS) {
      DayRow day = row.day();
      if (day.isSound()) taker.day(day);
      return;
    }
    Block block = row.block();
    Slice readings;
    try {
      readings = block.readings();
    } catch (Malformed damage) {
      return;
    }
    taker.block(block, readings);
  }

  /** A row's bytes, from the page and from those that it overflows to. */
  private ByteBuffer rowAt(ByteBuffer page, int cell) throws IOException {
    page.position(cell);
    long length = varint(page);
    boolean ofTable = page.get(0) == TABLE_LEAF;
    if (ofTable) varint(page); // its number
    if (length < DAY_COLUMNS || length > LONGEST_ROW)
      throw new Malformed("a row of " + length + " bytes");
    byte[] row = new byte[(int) length];
    int here = bytesHere(row.length, ofTable ? LONGEST_IN_TABLE : LONGEST_IN_INDEX);
    page.get(row, 0, here);
    int next = here < row.length ? page.getInt() : 0;
    for (int at = here; at < row.length; ) {
      if (next < 2 || next > last) throw new Malformed("no page " + next);
      ByteBuffer more = pages.page(next);
      next = more.getInt();
      int part = Math.min(ROOM_THERE, row.length - at);
      more.get(row, at, part);
      at += part;
    }
    return ByteBuffer.wrap(row);
  }

  private static int bytesHere(int length, int longest) {
    if (length <= longest) return length;
    int filling = SHORTEST_HERE + (length - SHORTEST_HERE) % ROOM_THERE;
    return filling <= longest ? filling : SHORTEST_HERE;
  }

  /** The columns of a row: numbers, and bytes at the end. */
  private record Row(long[] numbers, byte[] data) {
    static Row of(ByteBuffer row) {
      long headerEnd = varint(row);
      long[] types = new long[BLOCK_COLUMNS];
      int columns = 0;
      while (row.position() < headerEnd && columns < BLOCK_COLUMNS) types[columns++] = varint(row);
      if (row.position() != headerEnd || columns != BLOCK_COLUMNS && columns != DAY_COLUMNS)
        throw new Malformed("a row of another table");
      long[] numbers = new long[columns - 1];
      for (int i = 0; i < numbers.length; i++) numbers[i] = number(row, types[i]);
      long blob = types[columns - 1];
      if (blob < FIRST_BLOB || blob % 2 != 0 || (blob - FIRST_BLOB) / 2 != row.remaining())
        throw new Malformed("a row without data");
      byte[] data = new byte[row.remaining()];
      row.get(data);
      return new Row(numbers, data);
    }

    Block block() {
      Block.Place place = new Block.Place(numbers[0], (int) numbers[1], numbers[2]);
      return new Block(place, (int) numbers[3], (int) numbers[4], (int) numbers[8], data);
    }

    DayRow day() {
      Block.Place place = new Block.Place(numbers[1], (int) numbers[2], numbers[0]);
      return new DayRow(place, (int) numbers[3], (int) numbers[4], data);
    }
  }

  private static long number(ByteBuffer row, long type) {
    if (type == 8 || type == 9) return type - 8;
    if (type < 1 || type > 6) throw new Malformed("no number: type " + type);
    int bytes = type == 6 ? 8 : type == 5 ? 6 : (int) type;
    long value = row.get();
    for (int i = 1; i < bytes; i++) value = value << 8 | row.get() & 0xFF;
    return value;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      byte next = bytes.get();
      value = value << 7 | next & 0x7F;
      if (next >= 0) return value;
    }
    return value << 8 | bytes.get() & 0xFF;
  }
}
