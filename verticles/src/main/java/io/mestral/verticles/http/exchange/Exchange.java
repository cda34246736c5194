package io.mestral.verticles.http.exchange;

import io.mestral.model.access.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/** One request as a resource sees it: who asks for what, with which parameters. */
public final class Exchange {
  /** Named, and not with the weight zero. */
  private static final Pattern GZIP =
      Pattern.compile("(^|[, ])gzip *(,|$|; *q=(1|0?\\.0*[1-9]))", Pattern.CASE_INSENSITIVE);

  private final RoutingContext context;
  private final Viewer viewer;
  private final Body body;
  private final String address;
  private final LongPredicate answerRoom;
  private final Deed deed = new Deed();

  /**
   * A request whose body was read.
   *
   * @param address the absolute URL that was asked for, without its query
   * @param answerRoom whether there is room for an answer of so many bytes, which it holds then
   */
  public Exchange(
      RoutingContext context, Viewer viewer, Body body, String address, LongPredicate answerRoom) {
    this.context = context;
    this.viewer = viewer;
    this.body = body;
    this.address = address;
    this.answerRoom = answerRoom;
  }

  /** Who asks. */
  public Viewer viewer() {
    return viewer;
  }

  /** What it turns out to be about. */
  public Deed deed() {
    return deed;
  }

  /** The files of a form, for routes that take some. */
  public Map<String, Buffer> files() {
    return body.files();
  }

  /** The variable part of the route's path, decoded. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** The absolute URL that was asked for, without its query. */
  public String address() {
    return address;
  }

  /** Whether nobody else can read what goes over this link: it is TLS, up to a believed proxy. */
  public boolean isConfidential() {
    return Caller.of(context).scheme().equals("https");
  }

  /** The address that the request came from. */
  public String origin() {
    return Caller.of(context).address();
  }

  /**
   * Whether an answer may come compressed by gzip already. Over HTTP/2 the server would compress it
   * once more, and what is put into a callback can't be.
   */
  public boolean takesGzip() {
    return context.request().version() != HttpVersion.HTTP_2
        && !context.queryParams().contains("callback")
        && header("Accept-Encoding").filter(GZIP.asPredicate()).isPresent();
  }

  /** A header of the request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  /** All values of a header of which there may be several, as if they stood in one. */
  public String headers(String name) {
    return String.join(",", context.request().headers().getAll(name));
  }

  /** The parameters of the query alone. */
  public List<Map.Entry<String, String>> query() {
    return context.queryParams().entries();
  }

  /** The query as it stands in the URL; empty when there is none. */
  public String rawQuery() {
    return Optional.ofNullable(context.request().query()).orElse("");
  }

  /** A cookie that the asker's browser sent. */
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(context.request().getCookie(name)).map(Cookie::getValue);
  }

  /** The body as it came. */
  public Buffer body() {
    return body.raw();
  }

  /** Whether the body looks like a JSON object, whatever its content type says. */
  public boolean bodyIsObject() {
    return body.startsWith('{');
  }

  /** All parameters; ends the request when the body says it is JSON and isn't. */
  public Params params() {
    return body.params(query());
  }

  /** The session that the asker's browser has; of whoever, and good or not. */
  public Optional<Secret> session() {
    return cookie(SessionCookie.NAME).map(Secret::of);
  }

  /** Says how large the answer gets; ends the request when there is no room for it now. */
  public void holdForAnswer(long bytes) {
    if (!answerRoom.test(bytes)) throw Problem.tooMuchToAnswer();
  }

  /** For work that would keep the event loop waiting. */
  public Vertx vertx() {
    return context.vertx();
  }
}
