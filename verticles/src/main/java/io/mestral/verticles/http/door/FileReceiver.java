package io.mestral.verticles.http.door;

import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;

/**
 * Receives the files of one request, on its event loop. The network is read only while the taker
 * waits for bytes, so that of many small files no more are in memory than one read brings.
 */
final class FileReceiver implements IncomingFiles {
  /** Files in one request: a year of daily ones, and some. */
  static final int MOST_FILES = 1_000;

  /** Everything in a form that is no file's content: the form's decoder keeps it. */
  private static final long MOST_BESIDE_FILES = 2 << 20;

  /** How often it is looked whether the client still sends; this many times in its patience. */
  private static final int LOOKS = 10;

  private final Vertx vertx;
  private final Context home;
  private final HttpServerRequest request;
  private final long limit;
  private final LeastRate rate;
  private final LeastRate.Allowance time;
  private final Promise<Void> done = Promise.promise();
  private final Queue<HttpServerFileUpload> waiting = new ArrayDeque<>();
  private Taker taker;
  private long received;
  private long length;
  private long since;
  private int files;
  private boolean busy;
  private boolean allCame;
  private boolean taking;

  FileReceiver(Vertx vertx, HttpServerRequest request, long limit, LeastRate rate) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.request = request;
    this.limit = limit;
    this.rate = rate;
    this.time = rate.begin();
  }

  @Override
  public Future<Void> handTo(Taker files) {
    this.taker = files;
    if (declaredLength() > limit) return Future.failedFuture(Problem.tooLarge(limit));
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT)))
      request.response().writeContinue();
    request.exceptionHandler(this::onBroken);
    done.future().onFailure(why -> request.pause()); // what follows waits for the answer
    since = System.nanoTime();
    if (isMultipart()) receiveForm();
    else receive(request, name(request.getParam("file")));
    long watch = vertx.setPeriodic(Math.max(1, rate.patience().toMillis() / LOOKS), t -> look());
    return done.future().onComplete(end -> vertx.cancelTimer(watch));
  }

  private void receiveForm() {
    try {
      request.setExpectMultipart(true);
    } catch (IllegalStateException e) {
      done.fail(Problem.badRequest("The multipart body has no boundary"));
      return;
    }
    request.uploadHandler(this::onFile);
    request.handler(this::onForm);
    request.endHandler(
        end -> {
          allCame = true;
          next();
          home.runOnContext(turn -> requireEnd());
        });
    flow();
  }

  private void onFile(HttpServerFileUpload upload) {
    if (isOver()) return;
    upload.pause(); // until those before it are dealt with
    if (++files > MOST_FILES) {
      done.fail(Problem.badRequest("At most " + MOST_FILES + " files at once"));
      return;
    }
    waiting.add(upload);
    next();
    flow();
  }

  /** Bytes of a form, which its decoder has seen already: those of files have been handed over. */
  private void onForm(Buffer bytes) {
    if (isOver()) return;
    received += bytes.length();
    if (received - length > MOST_BESIDE_FILES && !taking && waiting.isEmpty())
      done.tryFail(Problem.badRequest("The form has too much beside its files"));
  }

  private void next() {
    if (busy || isOver()) return;
    HttpServerFileUpload upload = waiting.poll();
    if (upload != null) receive(upload, name(upload.filename()));
    else if (allCame) done.complete();
  }

  private void receive(ReadStream<Buffer> file, String name) {
    busy = true;
    taker.begin(name);
    file.exceptionHandler(this::onBroken);
    file.handler(bytes -> onBytes(file, bytes));
    file.endHandler(end -> onEnd(file == request));
    goOn(file);
  }

  private void onBytes(ReadStream<Buffer> file, Buffer bytes) {
    if (isOver()) return;
    length += bytes.length();
    if (length > limit) done.tryFail(Problem.tooLarge(limit));
    else if (!time.took(bytes.length(), System.nanoTime() - since)) done.tryFail(tooSlow());
    if (isOver()) return;
    file.pause();
    taking = true;
    flow();
    taker
        .take(bytes)
        .onComplete(
            taken -> {
              onHandled(taken);
              goOn(file);
            });
  }

  private void onEnd(boolean last) {
    if (isOver()) return;
    taking = true;
    flow();
    taker
        .end()
        .onComplete(
            ended -> {
              onHandled(ended);
              if (isOver()) return;
              busy = false;
              if (last) done.complete();
              else next();
              flow();
            });
  }

  private void onHandled(AsyncResult<Void> handled) {
    taking = false;
    since = System.nanoTime(); // the time that the taker takes is not the client's
    if (handled.failed()) done.tryFail(handled.cause());
  }

  private void goOn(ReadStream<Buffer> file) {
    if (isOver()) return;
    file.resume();
    flow();
    home.runOnContext(turn -> requireEnd());
  }

  private void flow() {
    if (isOver() || request.isEnded()) return;
    if (taking || !waiting.isEmpty()) request.pause();
    else request.resume();
  }

  /** When all came and has been handed over, the file in hand must have ended. */
  private void requireEnd() {
    if (allCame && busy && !taking)
      done.tryFail(Problem.badRequest("The form ends before its last boundary"));
  }

  private void look() {
    if (!taking && System.nanoTime() - since > time.over(0).toNanos()) done.tryFail(tooSlow());
  }

  private Problem tooSlow() {
    return Problem.badRequest(
        "The upload has come to a standstill, or below " + rate.bytesPerSecond() + " bytes/s");
  }

  private void onBroken(Throwable failure) {
    done.tryFail(Problem.badRequest("The upload broke off: " + failure.getMessage()));
  }

  private boolean isOver() {
    return done.future().isComplete();
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
