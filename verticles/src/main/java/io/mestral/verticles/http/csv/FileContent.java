package io.mestral.verticles.http.csv;

import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of an open file on its way out, piece by piece. */
final class FileContent implements StreamedAnswer.Content {
  private static final Logger LOG = LoggerFactory.getLogger(FileContent.class);
  private static final int PIECE = 64 * 1024;

  private final Vertx vertx;
  private final FileChannel file;
  private final ByteRange range;
  private final Places.Place place;

  FileContent(Vertx vertx, FileChannel file, ByteRange range, Places.Place place) {
    this.vertx = vertx;
    this.file = file;
    this.range = range;
    this.place = place;
  }

  @Override
  public Future<Void> sendTo(StreamedAnswer.Outlet outlet) {
    Promise<Void> done = Promise.promise();
    send(range.first(), outlet, done);
    return done.future().onComplete(sent -> unwanted());
  }

  private void send(long from, StreamedAnswer.Outlet outlet, Promise<Void> done) {
    if (from > range.last()) {
      done.complete();
      return;
    }
    vertx
        .executeBlocking(() -> read(from), false)
        .compose(piece -> outlet.write(piece).map(piece.length()))
        .onFailure(done::fail)
        .onSuccess(sent -> send(from + sent, outlet, done));
  }

  private Buffer read(long from) throws IOException {
    int length = (int) Math.min(PIECE, range.last() - from + 1);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining())
      if (file.read(bytes, from + bytes.position()) < 0)
        throw new EOFException("an archive is shorter than it was");
    return Buffer.buffer(bytes.array());
  }

  @Override
  public void unwanted() {
    place.leave();
    try {
      file.close();
    } catch (IOException failure) {
      LOG.warn("an archive can't be closed: {}", failure.toString());
    }
  }
}
