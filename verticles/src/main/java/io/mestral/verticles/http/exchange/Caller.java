package io.mestral.verticles.http.exchange;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * From where a request came, and what it was sent to; behind a proxy that is believed, as that
 * tells it.
 *
 * @param address of the client; an IPv6 address has its eight groups
 * @param scheme {@code http} or {@code https}
 * @param authority the host that was asked, with its port unless it is the scheme's own
 */
public record Caller(String address, String scheme, String authority) {
  private static final String KEY = "caller";

  /** As the connection shows it. */
  public static Caller connected(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return new Caller(
        peer == null ? "unknown" : peer.hostAddress(),
        request.scheme(),
        String.valueOf(request.authority()));
  }

  /** Who made this request. */
  public static Caller of(RoutingContext context) {
    Caller known = context.get(KEY);
    return known == null ? connected(context.request()) : known;
  }

  /** Has everybody know who made this request. */
  public void keepIn(RoutingContext context) {
    context.put(KEY, this);
  }

  /** Scheme and authority, as URLs and origins begin. */
  public String base() {
    return scheme + "://" + authority;
  }
}
