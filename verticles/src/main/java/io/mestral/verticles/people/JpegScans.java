package io.mestral.verticles.people;

/**
 * Counts how often a JPEG has its pixels gone over: a progressive one may ask for that thousands of
 * times, and each time takes as long as drawing the whole picture.
 */
final class JpegScans {
  private static final int MARKER = 0xFF;
  private static final int START_OF_SCAN = 0xDA;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int TEMPORARY = 0x01;
  private static final int FIRST_RESTART = 0xD0;

  private final byte[] file;

  private JpegScans(byte[] file) {
    this.file = file;
  }

  /** As many as a decoder would find before the picture's end; none in what is no JPEG. */
  static int in(byte[] file) {
    JpegScans scans = new JpegScans(file);
    boolean isJpeg = file.length > 2 && scans.at(0) == MARKER && scans.at(1) == START_OF_IMAGE;
    return isJpeg ? scans.count() : 0;
  }

  /** In a scan's data {@code 0xFF} is followed by zero or a restart (ITU T.81, B.1.1.5). */
  private int count() {
    int scans = 0;
    int next = 2;
    while (next + 1 < file.length) {
      int code = at(next) == MARKER ? at(next + 1) : 0;
      if (code == END_OF_IMAGE) return scans;
      if (code == START_OF_SCAN) scans++;
      if (code == 0 || code == MARKER) next++;
      else next += 2 + length(code, next + 2);
    }
    return scans;
  }

  /** Of what follows a marker: it may hold another picture, whose scans don't count. */
  private int length(int code, int start) {
    boolean alone = code == TEMPORARY || code >= FIRST_RESTART && code <= START_OF_IMAGE;
    if (alone || start + 1 >= file.length) return 0;
    return Math.max(2, at(start) << 8 | at(start + 1));
  }

  private int at(int index) {
    return file[index] & 0xFF;
  }
}
