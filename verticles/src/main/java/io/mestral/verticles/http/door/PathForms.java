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
 * Brings the many ways to write a route to the one the table of routes knows: with or without
 * {@code /v0}, a slash at the end, {@code .json}; and {@code HEAD} to {@code GET} (spec 2.1).
 */
public final class PathForms implements Handler<RoutingContext> {
  private static final String ASKED = "asked";
  private static final String HEAD_ONLY = "head only";
  private static final String PLATFORM = "of the platform";
  private static final String NUL = "%00"; // no name has it, and not every store takes it
  private static final String V0 = "/v0";
  private static final String V1 = "/v1";
  private static final Pattern IN_VERSION_ONE = Pattern.compile("/devices(/\\d+)?");
  private static final Pattern VERSION_ONE =
      Pattern.compile("application/vnd\\.smartcitizen\\s*;\\s*version=\"?1\\b");
  private static final List<String> SHAPED = List.of(V0, V1, "/smartapi");
  private static final String JSON = ".json";

  private final Set<String> collections;

  /**
   * @param collections first path segments, after {@code /v0}, of the platform's routes
   */
  public PathForms(Set<String> collections) {
    this.collections = Set.copyOf(collections);
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (context.get(ASKED) == null) {
      context.put(ASKED, request.path());
      context.put(HEAD_ONLY, request.method() == HttpMethod.HEAD);
    }
    Accepted accepted = accepted(request);
    context.put(PLATFORM, isPlatform(canonical(request.path(), accepted)));
    Optional<String> normalized = normalized(context);
    if (normalized.isEmpty() || !hasQueryToRead(context)) {
      context.fail(400);
      return;
    }
    String path = canonical(normalized.get(), accepted);
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

  /** Which version the {@code Accept} header names. */
  enum Accepted {
    /** None of them. */
    ANY,
    /** Version 0. */
    ZERO,
    /** Version 1, of what there is in it; of everything else version 0. */
    ONE
  }

  String canonical(String path, Accepted accepted) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') end--;
    String bare = path.substring(0, end);
    if (bare.startsWith(V1 + "/")) return V1 + withoutSuffix(bare.substring(V1.length()));
    boolean prefixed = bare.equals(V0) || bare.startsWith(V0 + "/");
    String rest = prefixed ? bare.substring(V0.length()) : bare;
    boolean ours =
        collections.contains(firstSegment(rest)) || rest.length() < 2 && accepted != Accepted.ANY;
    if (!prefixed && !ours) return bare;
    rest = withoutSuffix(rest);
    if (!prefixed && accepted == Accepted.ONE && IN_VERSION_ONE.matcher(rest).matches())
      return V1 + rest;
    return rest.equals("/") ? V0 : V0 + rest;
  }

  private static String withoutSuffix(String path) {
    boolean isUser = firstSegment(path).equals("users") && path.indexOf('/', 1) > 0;
    return path.endsWith(JSON) && !isUser ? path.substring(0, path.length() - JSON.length()) : path;
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

  private static Accepted accepted(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    if (accept == null || !accept.contains("application/vnd.smartcitizen")) return Accepted.ANY;
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    return reads && VERSION_ONE.matcher(accept).find() ? Accepted.ONE : Accepted.ZERO;
  }
}
