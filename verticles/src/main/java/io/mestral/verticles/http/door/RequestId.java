package io.mestral.verticles.http.door;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** Gives every request a name that stands in its answer and in the log: the client's, if sane. */
public final class RequestId implements Handler<RoutingContext> {
  private static final String HEADER = "X-Request-Id";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:@+/=-]{1,128}");

  @Override
  public void handle(RoutingContext context) {
    String id = context.get(HEADER);
    if (id == null) {
      String given = context.request().getHeader(HEADER);
      id = given != null && SANE.matcher(given).matches() ? given : UUID.randomUUID().toString();
      context.put(HEADER, id);
    }
    context.response().putHeader(HEADER, id);
    context.next();
  }

  static String of(RoutingContext context) {
    return context.get(HEADER);
  }
}
