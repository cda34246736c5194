package io.mestral.verticles.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Packs a text piece by piece, quickly rather than tightly: each piece can be sent at once. */
final class Gzip implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);
  private final Quick packer;

  Gzip() throws IOException {
    packer = new Quick(packed);
  }

  /** The first bytes of a text, packed; never nothing. */
  byte[] pack(byte[] text, int length) throws IOException {
    packer.write(text, 0, length);
    packer.flush();
    return taken();
  }

  /** What ends it all. */
  byte[] finish() throws IOException {
    packer.close();
    return taken();
  }

  private byte[] taken() {
    byte[] bytes = packed.toByteArray();
    packed.reset();
    return bytes;
  }

  /** Gives memory back that isn't Java's. */
  @Override
  public void close() {
    packer.release();
  }

  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(out, BUFFER, true);
      def.setLevel(Deflater.BEST_SPEED);
    }

    void release() {
      def.end();
    }
  }
}
