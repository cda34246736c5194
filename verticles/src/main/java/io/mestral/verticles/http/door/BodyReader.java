package io.mestral.verticles.http.door;

import io.mestral.verticles.http.exchange.Body;
import io.mestral.verticles.http.exchange.Problem;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a request's body up to a limit: JSON, forms of both kinds, or whatever it is. */
final class BodyReader {
  private static final int MAX_FIELDS = 1024;

  private final HttpServerRequest request;
  private final long limit;
  private final BodyBudget budget;
  private final String type;
  private final Buffer raw = Buffer.buffer();
  private final Promise<Body> done = Promise.promise();
  private long length;

  private BodyReader(HttpServerRequest request, long limit, BodyBudget budget) {
    this.request = request;
    this.limit = limit;
    this.budget = budget;
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    this.type = given == null ? "" : given.toLowerCase(Locale.ROOT).strip();
  }

  /**
   * Succeeds with the body, whose bytes the caller gives back to the budget. Fails with {@link
   * Problem#tooLarge} or {@link Problem#unavailable} as soon as that is clear.
   */
  static Future<Body> read(HttpServerRequest request, long limit, BodyBudget budget) {
    BodyReader reader = new BodyReader(request, limit, budget);
    if (reader.declaredLength() > limit) return Future.failedFuture(Problem.tooLarge(limit));
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT)))
      request.response().writeContinue();
    return reader.read();
  }

  private Future<Body> read() {
    if (isMultipart()) {
      try {
        request.setExpectMultipart(true);
      } catch (IllegalStateException e) {
        return Future.failedFuture(Problem.badRequest("The multipart body has no boundary"));
      }
      request.uploadHandler(file -> file.handler(chunk -> {})); // no route takes files
    }
    request.handler(this::onChunk);
    request.exceptionHandler(
        failure -> done.tryFail(Problem.badRequest("The request body can't be read")));
    request.endHandler(end -> finish());
    request.resume();
    return done.future().onFailure(refused -> budget.give(raw.length()));
  }

  private void onChunk(Buffer chunk) {
    if (done.future().isComplete()) return; // what is refused is read on and dropped
    length += chunk.length();
    if (length > limit) done.fail(Problem.tooLarge(limit));
    else if (isMultipart()) return; // the form's own decoder keeps what is small enough
    else if (budget.take(chunk.length())) raw.appendBuffer(chunk);
    else done.fail(Problem.unavailable("Too many large requests at once; try again later"));
  }

  private void finish() {
    if (isMultipart()) done.tryComplete(new Body(raw, request.formAttributes().entries(), false));
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
