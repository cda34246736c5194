package io.mestral.verticles.http.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Conflict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An answer that says what is wrong, in the shapes clients know (spec 2.3). */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String BASIC = "Basic realm=\"Application\", Token realm=\"Application\"";
  private static final String NO_GOOD_TOKEN = "Bearer error=\"invalid_token\"";
  private static final String INSUFFICIENT = "Bearer error=\"insufficient_scope\"";

  private final int status;
  private final transient ObjectNode body;
  private final String challenge;
  private final transient Optional<Duration> retryAfter;

  private Problem(int status, ObjectNode body, String challenge) {
    this(status, body, challenge, Optional.empty());
  }

  private Problem(int status, ObjectNode body, String challenge, Optional<Duration> retryAfter) {
    super(status + " " + body, null, false, false);
    this.status = status;
    this.body = body;
    this.challenge = challenge;
    this.retryAfter = retryAfter;
  }

  /** A parameter that must be there isn't; several names are joined by {@code and}. */
  public static Problem parameterMissing(List<String> names) {
    String message = "param is missing or the value is empty: " + String.join(" and ", names);
    return of(400, named("parameter_missing", message).put("url", "").put("errors", ""));
  }

  /** A filter that isn't offered. */
  public static Problem searchTerm(String term) {
    return short400("Invalid search term " + term);
  }

  /** A {@code near} that is no place. */
  public static Problem malformedNear() {
    return of(
        400,
        named("bad_request", "Malformed near parameter")
            .put("url", "https://developer.smartcitizen.me/#get-all-devices")
            .putNull("errors"));
  }

  /** A {@code from} or {@code to} that is no time. */
  public static Problem badTime(String parameter) {
    return short400(
        "The "
            + parameter
            + " parameter must be an ISO8601 format date or datetime or an integer number of"
            + " seconds since the start of the UNIX epoch.");
  }

  /** A parameter whose value can't be used; the message says what is allowed. */
  public static Problem short400(String message) {
    return of(400, JSON.objectNode().put("message", message).put("status", 400));
  }

  /** The request itself can't be read. */
  public static Problem badRequest(String message) {
    return of(400, named("bad_request", message).put("url", "").put("errors", ""));
  }

  /** Nobody signed in where somebody must be. */
  public static Problem unauthorized(String message) {
    return new Problem(401, unauthorizedBody(message), "");
  }

  /** User name and password don't belong together; the client is asked for better ones. */
  public static Problem wrongPassword() {
    return new Problem(401, unauthorizedBody("Invalid Username/Password Combination"), BASIC);
  }

  /** A token is asked for, and none came that is good (RFC 6750, 3.1). */
  public static Problem noGoodToken() {
    return new Problem(401, unauthorizedBody("Authorization required"), NO_GOOD_TOKEN);
  }

  /** The asker may not do this. */
  public static Problem forbidden() {
    String message = "You do not have the access permissions to do this";
    return of(403, named("forbidden", message).put("url", "").put("errors", ""));
  }

  /**
   * The asker may, but what they showed carries less (RFC 6750, 3.1).
   *
   * @param needed the scope that would do; empty when none does
   */
  public static Problem insufficientScope(Optional<String> needed) {
    String challenge = INSUFFICIENT + needed.map(scope -> ", scope=\"" + scope + "\"").orElse("");
    return new Problem(403, forbidden().body, challenge);
  }

  /** There is no such thing, such as a {@code Device} with an {@code id}. */
  public static Problem recordNotFound(String kind, String key, String value) {
    String message = "Couldn't find " + kind + " with '" + key + "'=" + value;
    return of(404, named("record_not_found", message).put("url", "").put("errors", ""));
  }

  /** There is no such route. */
  public static Problem endpointNotFound() {
    return of(404, named("not_found", "Endpoint not found").putNull("errors").putNull("url"));
  }

  /** Fields of a form are wrong. */
  public static Problem unprocessable(FieldErrors errors) {
    ObjectNode byField = JSON.objectNode();
    errors
        .byField()
        .forEach(
            (field, texts) -> {
              ArrayNode list = byField.putArray(field);
              texts.forEach(list::add);
            });
    return unprocessable(byField);
  }

  /**
   * As {@link #unprocessable(FieldErrors)}, with an {@code errors} member of a shape of its own.
   */
  public static Problem unprocessable(ObjectNode errors) {
    ObjectNode body = named("unprocessable_entity", "Unprocessable Entity");
    body.set("errors", errors);
    return of(422, body.put("url", ""));
  }

  /** As {@link #unprocessable(FieldErrors)}, where it is about no field. */
  public static Problem unprocessable(String error) {
    ObjectNode body = named("unprocessable_entity", "Unprocessable Entity");
    return of(422, body.put("errors", error).put("url", ""));
  }

  /** It can't be done beside what is under way. */
  public static Problem conflict(String message) {
    return of(409, named("conflict", message).put("url", "").put("errors", ""));
  }

  /** The body is larger than the route takes. */
  public static Problem tooLarge(long limit) {
    String message = "The body is larger than " + limit + " bytes";
    return of(
        Refusal.TOO_LARGE.httpStatus(),
        named("payload_too_large", message).put("url", "").put("errors", ""));
  }

  /** Something that is needed is away or full just now. */
  public static Problem unavailable(String message) {
    return of(
        Refusal.UNAVAILABLE.httpStatus(),
        named("service_unavailable", message).putNull("errors").putNull("url"));
  }

  /** As {@link #unavailable}, where it is known when it is worth another try. */
  public static Problem busy(String message, Duration retryAfter) {
    Problem now = unavailable(message);
    return new Problem(now.status, now.body, "", Optional.of(retryAfter));
  }

  /** Other answers fill the memory that there is for answers. */
  public static Problem tooMuchToAnswer() {
    return unavailable("Too many large answers at once; try again later");
  }

  /** Something went wrong here; what it was stands in the log. */
  public static Problem internal() {
    return of(
        Refusal.INTERNAL.httpStatus(),
        named("internal_server_error", "Internal Server Error").putNull("errors").putNull("url"));
  }

  /** What a failure means for the asker. */
  public static Problem of(Throwable failure) {
    if (failure instanceof Problem problem) return problem;
    if (failure instanceof Conflict conflict) {
      FieldErrors errors = new FieldErrors();
      errors.add(conflict.field(), FieldErrors.TAKEN);
      return unprocessable(errors);
    }
    return switch (Refusal.of(failure)) {
      case INTERNAL -> internal();
      case UNAVAILABLE, QUOTA_EXCEEDED -> unavailable(failure.getMessage());
      case NOT_AUTHORIZED -> forbidden();
      case BAD_CREDENTIALS -> unauthorized(failure.getMessage());
      default -> badRequest(failure.getMessage());
    };
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The body; a copy, for the writer to add to. */
  public ObjectNode body() {
    return body.deepCopy();
  }

  /** The value of {@code WWW-Authenticate} when one is called for, else empty. */
  public String challenge() {
    return challenge;
  }

  /** When to ask again, where that is known. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  private static Problem of(int status, ObjectNode body) {
    return new Problem(status, body, "");
  }

  private static ObjectNode named(String id, String message) {
    return JSON.objectNode().put("id", id).put("message", message);
  }

  private static ObjectNode unauthorizedBody(String message) {
    return named("unauthorized", message)
        .put("url", "https://developer.smartcitizen.me/#authentication")
        .put("errors", "");
  }
}
