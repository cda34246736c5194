package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.SealedToken;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Row;

/** How an orphan is kept. */
final class OrphanRow {
  /** The columns of {@link #values}, in that order: those that may change. */
  static final String COLUMNS =
      "name, description, exposure, latitude, longitude, user_tags, updated_at";

  /** How many they are. */
  static final int COLUMN_COUNT = COLUMNS.split(",").length;

  /** What {@link #read} needs: said by name, for a newer version may add more. */
  static final String ALL =
      "orphans.id, session, orphans.token_hash, orphans.token_cipher, orphans.name,"
          + " orphans.description, orphans.exposure, orphans.latitude, orphans.longitude,"
          + " user_tags, handshake, orphans.created_at, orphans.updated_at";

  private OrphanRow() {}

  static Object[] values(Orphan orphan, Object... more) {
    Orphan.Details details = orphan.details();
    return Arguments.of(
        more,
        details.name(),
        details.description(),
        details.exposure(),
        details.latitude(),
        details.longitude(),
        details.userTags(),
        orphan.updatedAt());
  }

  /** With session, token, handshake, the time it was made, and where. */
  static Object[] newValues(Orphan orphan, Network from) {
    return values(
        orphan,
        orphan.session(),
        orphan.token().hash(),
        orphan.token().cipher(),
        orphan.handshake(),
        orphan.createdAt(),
        from.key());
  }

  static Orphan read(Row row) {
    return new Orphan(
        row.number("id"),
        row.uuid("session"),
        new SealedToken(row.text("token_hash"), row.bytes("token_cipher")),
        new Orphan.Details(
            row.optionalText("name"),
            row.optionalText("description"),
            row.optionalText("exposure"),
            row.optionalReal("latitude"),
            row.optionalReal("longitude"),
            row.optionalText("user_tags")),
        row.flag("handshake"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
