package io.mestral.verticles.http.door;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.AuditEntry;
import io.mestral.storage.AuditLog;
import io.mestral.verticles.http.exchange.Deed;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what people who are signed in change, or try to, with its outcome: the one place for
 * all routes, and so for {@code ./mestral admin} too. Of what they send only names of fields are
 * kept, and only those that are known: what stands in them may be a secret.
 */
public final class AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final Set<HttpMethod> CHANGING =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  private static final String EXCHANGE = "audited exchange";
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

  private final AuditLog log;
  private final Set<String> fields;
  private final Clock clock;

  /**
   * @param fields the names that may stand in the log
   */
  public AuditTrail(AuditLog log, Set<String> fields, Clock clock) {
    this.log = log;
    this.fields = Set.copyOf(fields);
    this.clock = clock;
  }

  /** A request is on its way to a route that changes something. */
  static void begin(RoutingContext context, Exchange exchange) {
    context.put(EXCHANGE, exchange);
  }

  /** Succeeds when what was done is kept, or can't be: it is done all the same. */
  Future<Void> end(RoutingContext context, int status) {
    Exchange exchange = context.get(EXCHANGE);
    if (exchange == null || status == Refusal.QUOTA_EXCEEDED.httpStatus())
      return Future.succeededFuture();
    Deed deed = exchange.deed();
    Optional<UserId> actor =
        exchange.viewer().user().map(Principal.User::id).or(() -> exchange.deed().actor());
    boolean changes = CHANGING.contains(context.request().method()) && actor.isPresent();
    if (!changes && !deed.isNoted()) return Future.succeededFuture();
    AuditEntry entry =
        new AuditEntry(
            0,
            clock.instant(),
            actor,
            context.request().method() + " " + context.currentRoute().getPath(),
            deed.object().or(() -> named(context, status)),
            deed.owner(),
            exchange.origin(),
            status,
            fields(exchange));
    return log.append(entry)
        .recover(
            failure -> {
              LOG.warn("not in the audit log: {}: {}", entry, failure.toString());
              return Future.succeededFuture();
            });
  }

  /** What isn't there may be named by anything. */
  private static Optional<String> named(RoutingContext context, int status) {
    return Optional.ofNullable(context.pathParam("id"))
        .filter(id -> status < 400 && PLAIN_NAME.matcher(id).matches());
  }

  private List<String> fields(Exchange exchange) {
    try {
      return exchange.params().names().stream().filter(fields::contains).sorted().toList();
    } catch (Problem unreadable) {
      return List.of();
    }
  }
}
