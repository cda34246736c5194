package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.Tag;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One of the two tables of tags: those of devices, and those of sensors. */
final class TagTable {
  private static final String COLUMNS = "uuid, name, description, created_at, updated_at";

  /** Letters' case aside. */
  static final Comparator<Tag> BY_NAME = Comparator.comparing(TagTable::folded);

  private final String all;
  private final String find;
  private final String insert;
  private final String update;

  /**
   * @param toChange the end of a query for rows that are changed then
   */
  TagTable(String name, String toChange) {
    String select = "SELECT id, " + COLUMNS + " FROM " + name;
    all = select + " ORDER BY id";
    find = select + " WHERE id = $1" + toChange;
    insert =
        "INSERT INTO "
            + name
            + " (name_folded, "
            + COLUMNS
            + ") VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, "
            + COLUMNS;
    update =
        "UPDATE "
            + name
            + " SET name_folded = $1, name = $2, description = $3, updated_at = $4 WHERE id = $5"
            + " RETURNING id, "
            + COLUMNS;
  }

  Future<List<Tag>> all(Session session) {
    return session.list(all, TagTable::read);
  }

  Future<Tag> add(Session session, Tag draft) {
    return session
        .first(
            insert,
            TagTable::read,
            folded(draft),
            draft.uuid(),
            draft.name(),
            draft.description(),
            draft.createdAt(),
            draft.updatedAt())
        .map(Optional::orElseThrow);
  }

  Future<Optional<Tag>> find(Session session, long id) {
    return session.first(find, TagTable::read, id);
  }

  Future<Tag> put(Session session, long id, Tag changed) {
    return session
        .first(
            update,
            TagTable::read,
            folded(changed),
            changed.name(),
            changed.description(),
            changed.updatedAt(),
            id)
        .map(Optional::orElseThrow);
  }

  /** Names are compared in this form. */
  private static String folded(Tag tag) {
    return tag.name().toLowerCase(Locale.ROOT);
  }

  static Tag read(Row row) {
    return new Tag(
        row.number("id"),
        row.uuid("uuid"),
        row.text("name"),
        row.optionalText("description"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
