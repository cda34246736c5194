package io.mestral.verticles.http.door;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets pages of other sites ask (spec 2.1). Only the platform's own origins are echoed: browsers
 * send cookies to nobody who is answered with a star.
 */
public final class CrossOrigin implements Handler<RoutingContext> {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String ALLOWED =
      "Authorization,OnboardingSession,DNT,X-CustomHeader,Keep-Alive,User-Agent,X-Requested-With,"
          + "If-Modified-Since,Cache-Control,Content-Type";
  private static final String EXPOSED = "Link, Total, Per-Page, X-Request-Id";
  private static final String THIRTY_DAYS = "2592000";

  private final Origins origins;

  /** Echoes these. */
  public CrossOrigin(Origins origins) {
    this.origins = origins;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap headers = context.response().headers();
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin(context));
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.add(HttpHeaders.VARY, "Origin");
    if (request.method() != HttpMethod.OPTIONS) {
      context.next();
      return;
    }
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED);
    headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, THIRTY_DAYS);
    context.response().setStatusCode(204).end();
  }

  private String allowedOrigin(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    if (origin == null) return "*";
    return origins.contains(context, origin) ? origin : "*";
  }
}
