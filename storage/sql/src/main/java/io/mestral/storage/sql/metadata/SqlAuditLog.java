package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.storage.AuditEntry;
import io.mestral.storage.AuditLog;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class SqlAuditLog implements AuditLog {
  private static final String ADD =
      """
      INSERT INTO audit_log
        (at, actor_id, action, object, owner_id, address, status, fields)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String COLUMNS =
      "id, at, actor_id, action, object, owner_id, address, status, fields";
  private static final String WHERE =
      " FROM audit_log WHERE at >= $1 AND at <= $2 AND substr(action, 1, length($3)) = $3";
  private static final String FORGET = "DELETE FROM audit_log WHERE at < $1";
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final Engine engine;

  SqlAuditLog(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> append(AuditEntry draft) {
    return engine
        .writeAlone(
            draft.actor().map(UserId::value).orElse((long) draft.address().hashCode()),
            session ->
                session.change(
                    ADD,
                    draft.at(),
                    draft.actor().map(UserId::value),
                    draft.action(),
                    draft.object().map(AnyText::new),
                    draft.owner().map(UserId::value),
                    draft.address(),
                    draft.status(),
                    String.join(",", draft.fields())))
        .mapEmpty();
  }

  @Override
  public Future<Page<AuditEntry>> list(Filter filter, Paging paging) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(filter.from().orElse(Instant.EPOCH));
    arguments.add(filter.to().orElse(NEVER));
    arguments.add(filter.action().orElse(""));
    StringBuilder where = new StringBuilder(WHERE); // one of four
    filter.concerning().ifPresent(user -> concerning(where, arguments, user));
    filter.actor().ifPresent(user -> actor(where, arguments, user));
    String count = "SELECT count(*) AS n" + where;
    String page =
        "SELECT "
            + COLUMNS
            + where
            + " ORDER BY id DESC LIMIT $"
            + (arguments.size() + 1)
            + " OFFSET $"
            + (arguments.size() + 2);
    Object[] counted = arguments.toArray();
    arguments.add((long) paging.size());
    arguments.add(paging.offset());
    Object[] paged = arguments.toArray();
    return engine.read(
        session ->
            session
                .list(page, SqlAuditLog::read, paged)
                .compose(
                    items ->
                        session.number(count, counted).map(total -> new Page<>(items, total))));
  }

  private static void concerning(StringBuilder where, List<Object> arguments, UserId user) {
    arguments.add(user.value());
    int place = arguments.size();
    where.append(" AND (actor_id = $" + place + " OR owner_id = $" + place + ")");
  }

  private static void actor(StringBuilder where, List<Object> arguments, UserId user) {
    arguments.add(user.value());
    where.append(" AND actor_id = $" + arguments.size());
  }

  @Override
  public Future<Integer> forget(Instant before) {
    return engine.writeAlone(0, session -> session.change(FORGET, before));
  }

  private static AuditEntry read(Row row) {
    String fields = row.text("fields");
    return new AuditEntry(
        row.number("id"),
        row.time("at"),
        user(row, "actor_id"),
        row.text("action"),
        row.lacks("object") ? Optional.empty() : Optional.of(row.anyText("object")),
        user(row, "owner_id"),
        row.text("address"),
        (int) row.number("status"),
        fields.isEmpty() ? List.of() : List.of(fields.split(",")));
  }

  private static Optional<UserId> user(Row row, String column) {
    return row.lacks(column) ? Optional.empty() : Optional.of(new UserId(row.number(column)));
  }
}
