package io.mestral.verticles.http.map;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.CRC32;

/** The body of an answer in pieces, to be joined plain or compressed. */
record PointsBody(List<Piece> pieces) {
  /** RFC 1952, section 2.3: deflated, no name, no time, of any system. */
  private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** An empty block that says it is the last. */
  private static final byte[] LAST_BLOCK = {1, 0, 0, (byte) 0xff, (byte) 0xff};

  private static final long MIXER = 0x9e3779b97f4a7c15L;

  /** The same for equal texts, whatever they are compressed to. */
  String etag() {
    long hash = 0;
    for (Piece piece : pieces) {
      hash = (hash ^ piece.checksum()) * MIXER + piece.text().length;
      hash ^= hash >>> 32;
    }
    return "W/\"" + Long.toHexString(hash) + "\"";
  }

  Buffer plain() {
    int size = 0;
    for (Piece piece : pieces) size += piece.text().length;
    Buffer all = Buffer.buffer(size);
    for (Piece piece : pieces) all.appendBytes(piece.text());
    return all;
  }

  Buffer gzip() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    CRC32 crc = new CRC32();
    int size = 0;
    out.writeBytes(GZIP_HEAD);
    for (Piece piece : pieces) {
      out.writeBytes(piece.deflated());
      crc.update(piece.text());
      size += piece.text().length;
    }
    out.writeBytes(LAST_BLOCK);
    Buffer all = Buffer.buffer(out.size() + 8);
    return all.appendBytes(out.toByteArray()).appendIntLE((int) crc.getValue()).appendIntLE(size);
  }
}
