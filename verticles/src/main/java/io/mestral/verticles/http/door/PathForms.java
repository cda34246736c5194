package io.mestral.verticles.http.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings the many ways to write a route to the one the contract knows: with the version in front,
 * in the {@code Accept} header, or nowhere; a slash at the end; {@code .json}; and {@code HEAD} to
 * {@code GET} (spec 2.1).
 */
public final class PathForms implements Handler<RoutingContext> {
  private static final String ASKED = "asked";
  private static final String HEAD_ONLY = "head only";
  private static final String PLATFORM = "of the platform";
  private static final String NUL = "%00"; // no name has it, and not every store takes it
  private static final String V0 = "/v0";
  private static final String V1 = "/v1";
  private static final Pattern VERSION_1 = Pattern.compile("; *version=1\\b");
  private static final List<String> SHAPED = List.of(V0, V1, "/smartapi");
  private static final String JSON = ".json";

  private final Set<String> collections;
  private final Set<String> ofVersion1;

  /**
   * @param collections first path segments, after {@code /v0}, of routes that answer without it too
   * @param ofVersion1 the same of {@code /v1}, for who asks for that version
   */
  public PathForms(Set<String> collections, Set<String> ofVersion1) {
    this.collections = Set.copyOf(collections);
    this.ofVersion1 = Set.copyOf(ofVersion1);
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (context.get(ASKED) == null) {
      context.put(ASKED, request.path());
      context.put(HEAD_ONLY, request.method() == HttpMethod.HEAD);
    }
    context.put(PLATFORM, isPlatform(canonical(request.path(), accept(request))));
    Optional<String> normalized = normalized(context);
    if (normalized.isEmpty() || !hasQueryToRead(context)) {
      context.fail(400);
      return;
    }
    String path = canonical(normalized.get(), accept(request));
    HttpMethod method = request.method() == HttpMethod.HEAD ? HttpMethod.GET : request.method();
    if (path.equals(normalized.get()) && method == request.method()) {
      context.next();
      return;
    }
    String query = request.query();
    context.reroute(method, query == null ? path : path + "?" + query);
  }

  /** The path as the client wrote it. */
  static String asked(RoutingContext context) {
    return context.get(ASKED);
  }

  /** Whether the platform's shapes hold for the answer, errors too. */
  static boolean isPlatform(RoutingContext context) {
    return Boolean.TRUE.equals(context.get(PLATFORM));
  }

  private static boolean isPlatform(String path) {
    return SHAPED.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }

  /** Whether the client asked for the head alone, before that became {@code GET}. */
  static boolean asksForHead(RoutingContext context) {
    return Boolean.TRUE.equals(context.get(HEAD_ONLY));
  }

  /**
   * @param accept what the client says of versions in its {@code Accept} header
   */
  String canonical(String path, String accept) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') end--;
    String bare = path.substring(0, end);
    String version = below(V0, bare) ? V0 : below(V1, bare) ? V1 : "";
    String rest = bare.substring(version.length());
    String collection = firstSegment(rest);
    if (version.isEmpty()) {
      boolean ours = collections.contains(collection) || rest.length() < 2 && !accept.isEmpty();
      if (!ours) return bare;
      version = VERSION_1.matcher(accept).find() && ofVersion1.contains(collection) ? V1 : V0;
    }
    if (rest.endsWith(JSON) && !(collection.equals("users") && rest.indexOf('/', 1) > 0))
      rest = rest.substring(0, rest.length() - JSON.length());
    return rest.equals("/") ? version : version + rest;
  }

  private static boolean below(String version, String path) {
    return path.equals(version) || path.startsWith(version + "/");
  }

  private static Optional<String> normalized(RoutingContext context) {
    try {
      return Optional.of(context.normalizedPath()).filter(path -> !path.contains(NUL));
    } catch (IllegalArgumentException notDecodable) {
      return Optional.empty();
    }
  }

  /** Whoever asks for a parameter later on would fail where nobody expects it. */
  private static boolean hasQueryToRead(RoutingContext context) {
    try {
      return context.queryParams() != null && context.request().params() != null;
    } catch (HttpException | IllegalArgumentException notDecodable) {
      return false;
    }
  }

  private static String firstSegment(String path) {
    int end = path.indexOf('/', 1);
    String segment = path.length() < 2 ? "" : path.substring(1, end < 0 ? path.length() : end);
    return segment.endsWith(JSON)
        ? segment.substring(0, segment.length() - JSON.length())
        : segment;
  }

  /** Empty unless it is about the platform's versions. */
  private static String accept(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("application/vnd.smartcitizen") ? accept : "";
  }
}
