package io.mestral.verticles.http.door;

import io.mestral.verticles.http.exchange.Body;
import io.mestral.verticles.http.exchange.Problem;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a request's body up to a limit: JSON, forms of both kinds, or whatever it is. */
final class BodyReader {
  private static final int MAX_FIELDS = 1024;
  private static final int MOST_FILES = 8;
  private static final long LITTLE = 64 * 1024;

  private final HttpServerRequest request;
  private final BodyBudget budget;
  private final String type;
  private final Buffer raw = Buffer.buffer();
  private final Map<String, Buffer> files = new LinkedHashMap<>();
  private final Promise<Body> done = Promise.promise();
  private boolean keepsFiles;
  private boolean asked;
  private long limit;
  private long length;
  private long held; // of the budget

  BodyReader(HttpServerRequest request, BodyBudget budget) {
    this.request = request;
    this.budget = budget;
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    this.type = given == null ? "" : given.toLowerCase(Locale.ROOT).strip();
  }

  /** Has it keep the files of a form, all of which count as part of the body. */
  BodyReader withFiles() {
    keepsFiles = true;
    return this;
  }

  /** Whether a body is announced that is small enough to be read for anybody. */
  boolean announcesLittle() {
    long declared = declaredLength();
    return declared > 0 && declared <= LITTLE;
  }

  /**
   * Succeeds with the body, whose bytes {@link #release} gives back. Fails with {@link
   * Problem#tooLarge} or {@link Problem#unavailable} as soon as that is clear. Once it is read,
   * asking again gives the same.
   */
  Future<Body> read(long most) {
    if (asked) return done.future();
    asked = true;
    limit = most;
    if (declaredLength() > limit) {
      done.fail(Problem.tooLarge(limit));
      return done.future();
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT)))
      request.response().writeContinue();
    return receive();
  }

  /** Gives the bytes of a body that was read back to the budget; for when nobody needs it more. */
  void release() {
    budget.give(held);
    held = 0;
  }

  private Future<Body> receive() {
    if (isMultipart()) {
      try {
        request.setExpectMultipart(true);
      } catch (IllegalStateException e) {
        done.fail(Problem.badRequest("The multipart body has no boundary"));
        return done.future();
      }
      request.uploadHandler(this::onFile);
    }
    request.handler(this::onChunk);
    request.exceptionHandler(
        failure -> done.tryFail(Problem.badRequest("The request body can't be read")));
    request.endHandler(end -> finish());
    request.resume();
    return done.future().onFailure(refused -> release());
  }

  /** Most routes take none. */
  private void onFile(HttpServerFileUpload file) {
    Buffer content = Buffer.buffer();
    boolean kept = keepsFiles && files.size() < MOST_FILES;
    if (kept) files.put(file.name(), content);
    file.handler(
        chunk -> {
          if (kept && !done.future().isComplete()) content.appendBuffer(chunk);
        });
  }

  private void onChunk(Buffer chunk) {
    if (done.future().isComplete()) return; // what is refused is read on and dropped
    length += chunk.length();
    if (length > limit) refuse(Problem.tooLarge(limit));
    else if (!budget.take(chunk.length()))
      refuse(Problem.unavailable("Too many large requests at once; try again later"));
    else keep(chunk);
  }

  /** A form's own decoder has what it keeps of it already, which is no more than came. */
  private void keep(Buffer chunk) {
    held += chunk.length();
    if (!isMultipart()) raw.appendBuffer(chunk);
  }

  private void refuse(Problem problem) {
    if (isMultipart()) request.setExpectMultipart(false); // nothing more is decoded
    done.fail(problem);
  }

  private void finish() {
    if (isMultipart())
      done.tryComplete(new Body(raw, request.formAttributes().entries(), false, files));
    else done.tryComplete(plain());
  }

  private Body plain() {
    Body body = new Body(raw, List.of(), type.contains("json") && raw.length() > 0);
    boolean form = type.startsWith("application/x-www-form-urlencoded") && !body.startsWith('{');
    return form ? new Body(raw, fields(), false) : body;
  }

  private List<Map.Entry<String, String>> fields() {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    String text = raw.toString(StandardCharsets.UTF_8);
    new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MAX_FIELDS)
        .parameters()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    return fields;
  }

  private boolean isMultipart() {
    return type.startsWith("multipart/form-data");
  }

  private long declaredLength() {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return declared == null ? 0 : Long.parseLong(declared);
    } catch (NumberFormatException e) {
      return 0; // the codec has refused what is no number; what comes is counted anyway
    }
  }
}
