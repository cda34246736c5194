package io.mestral.verticles.http.account;

import io.mestral.verticles.http.exchange.StreamedAnswer.Outlet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file in the making: what is put in is packed off the event loop and goes out at once, so
 * that no more of it is in memory than one piece.
 */
final class Zip {
  private final Vertx vertx;
  private final Outlet outlet;
  private final Instant time;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final Packer zip = new Packer(packed);

  /**
   * @param time of all files in it
   */
  Zip(Vertx vertx, Outlet outlet, Instant time) {
    this.vertx = vertx;
    this.outlet = outlet;
    this.time = time;
  }

  /** Lets go of what packs, wherever it is. */
  void close() {
    zip.letGo();
  }

  private static final class Packer extends ZipOutputStream {
    Packer(ByteArrayOutputStream out) {
      super(out);
    }

    /** Without an end to the file, which {@link #close} would write. */
    void letGo() {
      def.end();
    }
  }

  /** Something that is done to the file. */
  private interface Packing {
    void run() throws IOException;
  }

  /** A file that is in memory whole. */
  Future<Void> put(String name, Buffer content) {
    return begin(name).compose(begun -> add(content));
  }

  /** What follows belongs to this file. */
  Future<Void> begin(String name) {
    return pack(
        () -> {
          ZipEntry entry = new ZipEntry(name);
          entry.setLastModifiedTime(FileTime.from(time));
          zip.putNextEntry(entry);
        });
  }

  Future<Void> add(Buffer piece) {
    return pack(() -> zip.write(piece.getBytes()));
  }

  Future<Void> end() {
    return pack(zip::finish);
  }

  private Future<Void> pack(Packing packing) {
    return vertx
        .executeBlocking(
            () -> {
              packing.run();
              Buffer out = Buffer.buffer(packed.toByteArray());
              packed.reset();
              return out;
            },
            false)
        .compose(out -> out.length() == 0 ? Future.succeededFuture() : outlet.write(out));
  }
}
