package io.mestral.verticles.http.door;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.verticles.auth.ApiTokens;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.http.exchange.Body;
import io.mestral.verticles.http.exchange.Caller;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.exchange.WholeText;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who asks: by session cookie, then token, then name and password (spec 2.2). A token
 * that isn't good makes a visitor, a gateway's one as far as users are asked for; a wrong password
 * ends the request. A cookie counts for nothing where another site's page may have sent it. Where
 * the head says nothing a small body is looked at for a token, as parameters may stand in either
 * (spec 2.1).
 */
final class Authentication {
  private static final String ACCESS_TOKEN = "access_token";
  private static final String BEARER_TOKEN = "bearer_token";

  private final TokenVerifier verifier;
  private final Origins origins;

  Authentication(TokenVerifier verifier, Origins origins) {
    this.verifier = verifier;
    this.origins = origins;
  }

  /** Who asks, by what stands before the body. */
  Future<Viewer> byHead(RoutingContext context) {
    boolean offered = takesParameters(context) && context.queryParams().contains(ACCESS_TOKEN);
    return bySession(context)
        .compose(user -> user.isPresent() ? Future.succeededFuture(user) : byHeaderOrQuery(context))
        .compose(
            user ->
                user.isPresent()
                    ? Future.succeededFuture(new Viewer(user, offered))
                    : gateway(context).map(found -> new Viewer(user, found, offered)));
  }

  /**
   * Who asks for a connection to be handed over: by a token from the head or from elsewhere, else
   * by a session. Fails when a token is no good, and when a password comes along.
   *
   * @param elsewhere a token that was found besides
   */
  Future<Viewer> byUpgrade(RoutingContext context, Optional<String> elsewhere) {
    Optional<String> token = bearer(context).or(() -> elsewhere);
    if (token.isPresent()) return byToken(Secret.of(token.get()));
    return context.request().getHeader("Authorization") == null
        ? bySession(context).map(user -> new Viewer(user, false))
        : Future.failedFuture(
            Problem.unauthorized("A token or a session opens a connection, no password"));
  }

  private Future<Viewer> byToken(Secret token) {
    return verifier
        .byToken(token)
        .compose(
            user ->
                user.isPresent()
                    ? Future.succeededFuture(new Viewer(user, false))
                    : verifier.gateway(token).map(found -> new Viewer(user, found, false)))
        .map(
            viewer -> {
              if (viewer.equals(Viewer.VISITOR)) throw Problem.noGoodToken();
              return viewer;
            });
  }

  /** Machines show their token in the head and nowhere else. */
  private Future<Optional<Principal.Gateway>> gateway(RoutingContext context) {
    return bearer(context)
        .map(token -> verifier.gateway(Secret.of(token)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** Whether neither header nor query say who asks, so that a body's token counts. */
  static boolean isSilent(RoutingContext context) {
    return takesParameters(context)
        && context.request().getHeader("Authorization") == null
        && token(context).isEmpty();
  }

  /** Clients of the platform put tokens into URLs; nobody else has to begin (spec 2.2). */
  private static boolean takesParameters(RoutingContext context) {
    return PathForms.isPlatform(context);
  }

  /** Who asks, by the body alone. */
  Future<Viewer> byBody(Body body) {
    Params params = params(body);
    boolean offered = params.has(ACCESS_TOKEN);
    return params
        .text(ACCESS_TOKEN)
        .or(() -> params.text(BEARER_TOKEN))
        .map(token -> verifier.byToken(Secret.of(token)))
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(user -> new Viewer(user, offered));
  }

  /** A body that can't be read names nobody; the resource says what is wrong with it. */
  private static Params params(Body body) {
    try {
      return body.params(List.of());
    } catch (Problem unreadable) {
      return Params.of(List.of());
    }
  }

  /** A script, as whose answer a callback is wanted, may be any page's. */
  private Future<Optional<Principal.User>> bySession(RoutingContext context) {
    Cookie cookie = context.request().getCookie(SessionCookie.NAME);
    return cookie == null
            || !origins.meantIt(context)
            || !context.queryParam(Door.CALLBACK).isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : verifier
            .bySession(Secret.of(cookie.getValue()))
            .map(found -> found.map(ApiTokens.Holder::user));
  }

  private Future<Optional<Principal.User>> byHeaderOrQuery(RoutingContext context) {
    Optional<String> token = token(context);
    if (token.isPresent()) return verifier.byToken(Secret.of(token.get()));
    return after(context.request().getHeader("Authorization"), "basic ")
        .map(encoded -> byPassword(encoded, Caller.of(context).address()))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  private static Optional<String> token(RoutingContext context) {
    Optional<String> shown = bearer(context);
    if (shown.isPresent() || !takesParameters(context)) return shown;
    return context.queryParam(ACCESS_TOKEN).stream()
        .findFirst()
        .or(() -> context.queryParam(BEARER_TOKEN).stream().findFirst());
  }

  private static Optional<String> bearer(RoutingContext context) {
    return after(context.request().getHeader("Authorization"), "bearer ");
  }

  private Future<Optional<Principal.User>> byPassword(String encoded, String address) {
    Optional<String[]> pair = decode(encoded);
    if (pair.isEmpty()) return Future.failedFuture(Problem.wrongPassword());
    return verifier
        .byPassword(pair.get()[0], Secret.of(pair.get()[1]), address)
        .compose(
            user ->
                user.isPresent()
                    ? Future.succeededFuture(user)
                    : Future.failedFuture(Problem.wrongPassword()));
  }

  private static Optional<String[]> decode(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 || !WholeText.is(text)
          ? Optional.empty()
          : Optional.of(new String[] {text.substring(0, colon), text.substring(colon + 1)});
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<String> after(String header, String scheme) {
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(header.substring(scheme.length()).strip())
        : Optional.empty();
  }
}
