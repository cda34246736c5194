package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.AuditEntry;
import io.mestral.storage.AuditLog;
import io.mestral.storage.AuditLog.Filter;
import io.mestral.storage.Page;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.TimeParameter;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code /ops/v1/audit}: what people did, for administrators; {@code /v0/me/audit}: what the caller
 * did, and what others did to things of the caller's.
 */
public final class AuditResource {
  private final AuditLog log;
  private final UserRegistry users;

  /** Shows that log, with the names that users have now. */
  public AuditResource(AuditLog log, UserRegistry users) {
    this.log = log;
    this.users = users;
  }

  /**
   * Everything; {@code user}, {@code actor}, {@code action}, {@code from} and {@code to} narrow.
   */
  public Future<Answer> all(Exchange exchange) {
    exchange.viewer().signedIn();
    if (!exchange.viewer().isAdmin()) throw Problem.forbidden();
    return user(exchange, "user")
        .compose(
            concerning ->
                user(exchange, "actor")
                    .compose(actor -> list(exchange, filter(exchange, concerning, actor))));
  }

  /** What concerns the caller. */
  public Future<Answer> mine(Exchange exchange) {
    UserId caller = exchange.viewer().signedIn().id();
    return list(exchange, filter(exchange, Optional.of(caller), Optional.empty()));
  }

  /** By number or name. */
  private Future<Optional<UserId>> user(Exchange exchange, String parameter) {
    Optional<String> given = exchange.params().text(parameter);
    if (given.isEmpty()) return Future.succeededFuture(Optional.empty());
    if (given.get().matches("\\d{1,18}")) // also of who left
    return Future.succeededFuture(Optional.of(new UserId(Long.parseLong(given.get()))));
    return users
        .findByNameOrEmail(given.get())
        .map(
            found ->
                Optional.of(
                    found
                        .map(User::id)
                        .orElseThrow(
                            () -> Problem.recordNotFound("User", parameter, given.get()))));
  }

  private static Filter filter(
      Exchange exchange, Optional<UserId> concerning, Optional<UserId> actor) {
    Params params = exchange.params();
    return new Filter(
        concerning,
        actor,
        params.text("action"),
        TimeParameter.of(params, "from").map(Instant::ofEpochSecond),
        TimeParameter.of(params, "to").map(Instant::ofEpochSecond));
  }

  private Future<Answer> list(Exchange exchange, Filter filter) {
    Pagination pagination = Pagination.of(exchange);
    return log.list(filter, pagination.paging())
        .compose(page -> names(page).map(names -> answer(pagination, page, names)));
  }

  private Future<Map<UserId, String>> names(Page<AuditEntry> page) {
    Set<UserId> actors = new LinkedHashSet<>();
    page.items().forEach(entry -> entry.actor().ifPresent(actors::add));
    Future<List<User>> known =
        actors.isEmpty() ? Future.succeededFuture(List.of()) : users.findAll(actors);
    return known.map(found -> found.stream().collect(Collectors.toMap(User::id, User::username)));
  }

  private static Answer answer(
      Pagination pagination, Page<AuditEntry> page, Map<UserId, String> names) {
    return pagination.answer(
        page.total(), json -> page.items().forEach(entry -> write(json, entry, names::get)));
  }

  /** An entry; {@code names} gives null for who left. */
  static void write(JsonWriter json, AuditEntry entry, Function<UserId, String> names) {
    json.object(
        () -> {
          json.field("id", entry.id()).field("at", entry.at());
          number(json, "actor_id", entry.actor());
          json.field("actor", entry.actor().flatMap(id -> Optional.ofNullable(names.apply(id))))
              .field("action", entry.action())
              .field("object", entry.object());
          number(json, "owner_id", entry.owner());
          json.field("address", entry.address())
              .field("status", entry.status())
              .field("outcome", entry.status() < 400 ? "done" : "refused")
              .array("fields", () -> entry.fields().forEach(json::element));
        });
  }

  private static void number(JsonWriter json, String name, Optional<UserId> user) {
    if (user.isPresent()) json.field(name, user.get().value());
    else json.nothing(name);
  }
}
