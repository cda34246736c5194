package io.mestral.storage.embedded.journal;

import java.nio.file.Path;

/** One file of the journal, and how many streams still need records in it. */
final class Segment {
  static final String SUFFIX = ".journal";

  private final long number;
  private final Path file;
  private long length;
  private int needs;

  Segment(long number, Path file, long length) {
    this.number = number;
    this.file = file;
    this.length = length;
  }

  static String nameOf(long number) {
    return String.format("%08d%s", number, SUFFIX);
  }

  long number() {
    return number;
  }

  Path file() {
    return file;
  }

  /** Bytes that hold records; behind them there is nothing. */
  long length() {
    return length;
  }

  void length(long bytes) {
    length = bytes;
  }

  void needed() {
    needs++;
  }

  void released() {
    needs--;
  }

  int needs() {
    return needs;
  }

  boolean isNeeded() {
    return needs > 0;
  }
}
