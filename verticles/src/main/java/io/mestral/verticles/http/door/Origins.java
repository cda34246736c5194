package io.mestral.verticles.http.door;

import io.mestral.verticles.http.exchange.Caller;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * Whose pages may ask with the session of whoever looks at them: the node's own, and those that the
 * operator named.
 *
 * @param publicUrl the node's own, when it knows one
 * @param named others
 */
public record Origins(Optional<String> publicUrl, Set<String> named) {
  private static final String FETCH_SITE = "Sec-Fetch-Site";
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /** Whether a page of this origin is one of them. */
  boolean contains(RoutingContext context, String origin) {
    return named.contains(origin)
        || publicUrl.filter(url -> url.equals(origin) || url.startsWith(origin + "/")).isPresent()
        || origin.equals(Caller.of(context).base());
  }

  /**
   * Whether a session that comes along was sent on purpose. Browsers send it with whatever any page
   * makes them ask, and say in the head whose page that was; what says nothing is no browser.
   */
  boolean meantIt(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (READING.contains(request.method()) && !isUpgrade(request)) return true;
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null) return contains(context, origin);
    String site = request.getHeader(FETCH_SITE);
    return site == null || OWN_SITES.contains(site);
  }

  /** Pages read what comes over WebSocket, whoever they are of (RFC 6455, 10.2). */
  static boolean isUpgrade(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.UPGRADE);
  }
}
