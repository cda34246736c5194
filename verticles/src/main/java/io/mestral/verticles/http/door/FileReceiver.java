package io.mestral.verticles.http.door;

import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;

/**
 * Receives the files of one request, on its event loop. The network is read only while the taker
 * waits for bytes.
 */
final class FileReceiver implements IncomingFiles {
  /** Files in one request: a year of daily ones, and some. */
  static final int MOST_FILES = 1_000;

  /** A client that sends nothing for so long has gone, or might as well. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final long limit;
  private final Promise<Void> done = Promise.promise();
  private final Queue<HttpServerFileUpload> waiting = new ArrayDeque<>();
  private Taker taker;
  private long length;
  private int files;
  private boolean busy;
  private boolean allCame;
  private boolean hearing;
  private boolean taking;

  FileReceiver(Vertx vertx, HttpServerRequest request, long limit) {
    this.vertx = vertx;
    this.request = request;
    this.limit = limit;
  }

  @Override
  public Future<Void> handTo(Taker files) {
    this.taker = files;
    if (declaredLength() > limit) return Future.failedFuture(Problem.tooLarge(limit));
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT)))
      request.response().writeContinue();
    request.exceptionHandler(
        failure ->
            done.tryFail(Problem.badRequest("The upload broke off: " + failure.getMessage())));
    if (isMultipart()) receiveForm();
    else receive(request, name(request.getParam("file")));
    long watch = vertx.setPeriodic(PATIENCE.toMillis(), tick -> look());
    return done.future().onComplete(end -> vertx.cancelTimer(watch));
  }

  private void receiveForm() {
    try {
      request.setExpectMultipart(true);
    } catch (IllegalStateException e) {
      done.fail(Problem.badRequest("The multipart body has no boundary"));
      return;
    }
    request.uploadHandler(
        upload -> {
          upload.pause(); // until those before it are dealt with
          if (++files > MOST_FILES)
            done.tryFail(Problem.badRequest("At most " + MOST_FILES + " files at once"));
          waiting.add(upload);
          next();
        });
    request.endHandler(
        end -> {
          allCame = true;
          next();
        });
    request.resume();
  }

  private void next() {
    if (busy || done.future().isComplete()) return;
    HttpServerFileUpload upload = waiting.poll();
    if (upload != null) receive(upload, name(upload.filename()));
    else if (allCame) done.complete();
  }

  private void receive(ReadStream<Buffer> file, String name) {
    busy = true;
    taker.begin(name);
    file.exceptionHandler(
        failure ->
            done.tryFail(Problem.badRequest("The upload broke off: " + failure.getMessage())));
    file.handler(bytes -> onBytes(file, bytes));
    file.endHandler(end -> onEnd(file == request));
    file.resume();
  }

  private void onBytes(ReadStream<Buffer> file, Buffer bytes) {
    if (done.future().isComplete()) return; // what is refused is read on and dropped
    hearing = true;
    length += bytes.length();
    if (length > limit) {
      done.fail(Problem.tooLarge(limit));
      return;
    }
    file.pause();
    taking = true;
    taker
        .take(bytes)
        .onComplete(
            taken -> {
              taking = false;
              hearing = true;
              if (taken.failed()) done.tryFail(taken.cause());
              file.resume();
            });
  }

  private void onEnd(boolean last) {
    if (done.future().isComplete()) return;
    taking = true;
    taker
        .end()
        .onComplete(ended -> taking = false)
        .onFailure(done::tryFail)
        .onSuccess(
            ended -> {
              busy = false;
              if (last) done.tryComplete();
              else next();
            });
  }

  /** The time that the taker takes is not the client's. */
  private void look() {
    if (!hearing && !taking)
      done.tryFail(Problem.badRequest("The upload has come to a standstill"));
    hearing = false;
  }

  private boolean isMultipart() {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).strip().startsWith("multipart/form-data");
  }

  private long declaredLength() {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return declared == null ? 0 : Long.parseLong(declared);
    } catch (NumberFormatException e) {
      return 0; // the codec has refused what is no number; what comes is counted anyway
    }
  }

  private static String name(String given) {
    return given == null ? "" : given;
  }
}
