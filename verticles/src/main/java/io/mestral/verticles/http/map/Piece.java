package io.mestral.verticles.http.map;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A part of an answer. It is compressed for itself and ends on a whole byte, so that pieces joined
 * are the compressed form of the text joined: what didn't change is never compressed again.
 */
final class Piece {
  /** Below this, compressing gains nothing. */
  private static final int SMALL = 64;

  private final byte[] text;
  private final long checksum;
  private final AtomicReference<byte[]> deflated = new AtomicReference<>();

  Piece(byte[] text) {
    this.text = text;
    CRC32 crc = new CRC32();
    crc.update(text);
    checksum = crc.getValue();
  }

  static Piece of(String text) {
    return new Piece(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] text() {
    return text;
  }

  boolean isEmpty() {
    return text.length == 0;
  }

  long checksum() {
    return checksum;
  }

  /** Blocks of RFC 1951, none of them the last. */
  byte[] deflated() {
    byte[] known = deflated.get();
    if (known != null) return known;
    byte[] made = text.length < SMALL ? stored() : compressed();
    deflated.set(made);
    return made;
  }

  /** RFC 1951, section 3.2.4: length and its complement, then the bytes as they are. */
  private byte[] stored() {
    byte[] block = new byte[5 + text.length];
    block[1] = (byte) text.length;
    block[3] = (byte) ~text.length;
    block[4] = (byte) 0xff;
    System.arraycopy(text, 0, block, 5, text.length);
    return block;
  }

  private byte[] compressed() {
    Deflater deflater = new Deflater(4, true);
    try {
      deflater.setInput(text);
      ByteArrayOutputStream out = new ByteArrayOutputStream(text.length / 3 + 64);
      byte[] buffer = new byte[64 << 10];
      int length;
      do {
        length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        out.write(buffer, 0, length);
      } while (length == buffer.length);
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
